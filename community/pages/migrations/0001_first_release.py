import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import modelsearch.index
import taggit.managers
import wagtail.fields
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models

import community.pages.cards
import community.pages.fields
import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('pages', '0001_pages_and_announcements'),
        ('pages', '0002_nudges_walk_as_broadcasts'),
        ('pages', '0003_replies_to_announcements'),
        ('pages', '0004_pins_threads_and_words'),
        ('pages', '0005_words_to_search'),
        ('pages', '0006_urgent_by_two_people'),
        ('pages', '0007_recurring_announcements'),
        ('pages', '0008_knowledge_base'),
        ('pages', '0009_interests_and_cards'),
        ('pages', '0010_approval'),
    ]

    initial = True

    dependencies = [
        ('conversations', '0001_first_release'),
        ('subgroups', '0001_first_release'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        theme.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='AnnouncementIndexPage',
                    fields=[
                        ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                    ],
                    options={
                        'verbose_name': 'section with announcements',
                    },
                    bases=('wagtailcore.page',),
                ),
                migrations.CreateModel(
                    name='AnnouncementPage',
                    fields=[
                        ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                        ('scope', models.CharField(choices=[('public', 'Everybody, also without logging in'), ('everyone', 'All members'), ('groups', 'Members of the chosen groups')], default='everyone', max_length=8, verbose_name='for whom')),
                        ('kinds', community.pages.fields.CodesField(blank=True, default='', max_length=200, verbose_name='only these kinds of membership')),
                        ('roles', community.pages.fields.CodesField(blank=True, default='', max_length=200, verbose_name='only who has this role')),
                        ('interests', community.pages.fields.CodesField(blank=True, default='', max_length=200, verbose_name='only who has this interest')),
                        ('words', models.TextField(blank=True, editable=False, help_text='What search looks in; written at publishing')),
                        ('sender', models.CharField(blank=True, help_text='For example “The board”. Empty: your own name.', max_length=60, verbose_name='in the name of')),
                        ('body', wagtail.fields.StreamField([('message', 0), ('text', 1), ('picture', 2), ('file', 3), ('quote', 6), ('button', 10), ('event', 12), ('poll', 14), ('pot', 16), ('film', 19), ('items', 20)], blank=True, block_lookup={0: ('wagtail.blocks.TextBlock', (), {'help_text': 'A blank line starts a new paragraph, a line with - in front becomes a list.', 'icon': 'pilcrow', 'label': 'Plain text', 'template': 'pages/blocks/message.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ul', 'ol', 'link', 'document-link'], 'icon': 'edit', 'label': 'Text'}), 2: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture', 'template': 'pages/blocks/picture.html'}), 3: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File', 'template': 'pages/blocks/file.html'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Quote'}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Who said it', 'max_length': 120, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('text', 4), ('source', 5)]], {}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'Text on the button', 'max_length': 40}), 8: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 9: ('wagtail.blocks.URLBlock', (), {'label': 'Or an address', 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('label', 7), ('page', 8), ('address', 9)]], {}), 11: ('wagtail.blocks.ChoiceBlock', [], {'choices': community.pages.cards.event_choices, 'label': 'Event'}), 12: ('wagtail.blocks.StructBlock', [[('event', 11)]], {}), 13: ('wagtail.blocks.ChoiceBlock', [], {'choices': community.pages.cards.poll_choices, 'label': 'Poll'}), 14: ('wagtail.blocks.StructBlock', [[('poll', 13)]], {}), 15: ('wagtail.blocks.ChoiceBlock', [], {'choices': community.pages.cards.pot_choices, 'label': 'Pot'}), 16: ('wagtail.blocks.StructBlock', [[('pot', 15)]], {}), 17: ('wagtail.blocks.CharBlock', (), {'label': 'What it shows', 'max_length': 120}), 18: ('wagtail.blocks.URLBlock', (), {'help_text': 'YouTube, Vimeo or PeerTube of SURF.', 'label': 'Address', 'validators': [community.pages.cards.film_address]}), 19: ('wagtail.blocks.StructBlock', [[('title', 17), ('address', 18)]], {}), 20: ('community.pages.blocks.ItemsBlock', (), {})}, verbose_name='text')),
                        ('reply_mode', models.CharField(choices=[('none', 'Nobody can reply'), ('managers', 'Replies go to the managers'), ('open', 'One discussion below it, for everybody who gets it'), ('threads', 'A discussion of its own in each chosen group')], default='none', max_length=8, verbose_name='replies')),
                        ('acknowledge_by', models.DateField(blank=True, help_text='Members are asked to press “I have read this” up to and including this day.', null=True, verbose_name='confirm reading by')),
                        ('pinned_until', models.DateField(blank=True, help_text='At most three stand on top at once.', null=True, verbose_name='pinned up to and including')),
                        ('subgroups', modelcluster.fields.ParentalManyToManyField(blank=True, limit_choices_to={'archived_at__isnull': True}, to='subgroups.subgroup', verbose_name='groups')),
                    ],
                    options={
                        'verbose_name': 'announcement',
                        'verbose_name_plural': 'announcements',
                        'constraints': [models.CheckConstraint(condition=models.Q(('scope', 'public'), _negated=True), name='announcement_is_for_members')],
                    },
                    bases=('wagtailcore.page', models.Model),
                ),
                migrations.CreateModel(
                    name='EditorialRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='editorial_rule', to='subgroups.subgroup')),
                        ('mode', models.CharField(choices=[('first', 'The first three of each writer'), ('all', 'All of them')], max_length=5, verbose_name='look at them first')),
                    ],
                    options={
                        'verbose_name': 'editorial rule',
                        'verbose_name_plural': 'editorial rules',
                    },
                ),
                migrations.CreateModel(
                    name='LandingPage',
                    fields=[
                        ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                        ('intro', models.CharField(blank=True, max_length=300, verbose_name='introduction')),
                        ('body', wagtail.fields.StreamField([('message', 0), ('text', 1), ('picture', 2), ('file', 3), ('quote', 6), ('button', 10), ('event', 12), ('poll', 14), ('pot', 16), ('film', 19), ('items', 20)], blank=True, block_lookup={0: ('wagtail.blocks.TextBlock', (), {'help_text': 'A blank line starts a new paragraph, a line with - in front becomes a list.', 'icon': 'pilcrow', 'label': 'Plain text', 'template': 'pages/blocks/message.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ul', 'ol', 'link', 'document-link'], 'icon': 'edit', 'label': 'Text'}), 2: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture', 'template': 'pages/blocks/picture.html'}), 3: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File', 'template': 'pages/blocks/file.html'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Quote'}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Who said it', 'max_length': 120, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('text', 4), ('source', 5)]], {}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'Text on the button', 'max_length': 40}), 8: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 9: ('wagtail.blocks.URLBlock', (), {'label': 'Or an address', 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('label', 7), ('page', 8), ('address', 9)]], {}), 11: ('wagtail.blocks.ChoiceBlock', [], {'choices': community.pages.cards.event_choices, 'label': 'Event'}), 12: ('wagtail.blocks.StructBlock', [[('event', 11)]], {}), 13: ('wagtail.blocks.ChoiceBlock', [], {'choices': community.pages.cards.poll_choices, 'label': 'Poll'}), 14: ('wagtail.blocks.StructBlock', [[('poll', 13)]], {}), 15: ('wagtail.blocks.ChoiceBlock', [], {'choices': community.pages.cards.pot_choices, 'label': 'Pot'}), 16: ('wagtail.blocks.StructBlock', [[('pot', 15)]], {}), 17: ('wagtail.blocks.CharBlock', (), {'label': 'What it shows', 'max_length': 120}), 18: ('wagtail.blocks.URLBlock', (), {'help_text': 'YouTube, Vimeo or PeerTube of SURF.', 'label': 'Address', 'validators': [community.pages.cards.film_address]}), 19: ('wagtail.blocks.StructBlock', [[('title', 17), ('address', 18)]], {}), 20: ('community.pages.blocks.ItemsBlock', (), {})}, verbose_name='text')),
                    ],
                    options={
                        'verbose_name': 'public front page',
                    },
                    bases=('wagtailcore.page',),
                ),
                migrations.CreateModel(
                    name='ContentPage',
                    fields=[
                        ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                        ('scope', models.CharField(choices=[('public', 'Everybody, also without logging in'), ('everyone', 'All members'), ('groups', 'Members of the chosen groups')], default='everyone', max_length=8, verbose_name='for whom')),
                        ('kinds', community.pages.fields.CodesField(blank=True, default='', max_length=200, verbose_name='only these kinds of membership')),
                        ('roles', community.pages.fields.CodesField(blank=True, default='', max_length=200, verbose_name='only who has this role')),
                        ('interests', community.pages.fields.CodesField(blank=True, default='', max_length=200, verbose_name='only who has this interest')),
                        ('words', models.TextField(blank=True, editable=False, help_text='What search looks in; written at publishing')),
                        ('intro', models.CharField(blank=True, max_length=300, verbose_name='introduction')),
                        ('body', wagtail.fields.StreamField([('message', 0), ('text', 1), ('picture', 2), ('file', 3), ('quote', 6), ('button', 10), ('event', 12), ('poll', 14), ('pot', 16), ('film', 19), ('items', 20)], blank=True, block_lookup={0: ('wagtail.blocks.TextBlock', (), {'help_text': 'A blank line starts a new paragraph, a line with - in front becomes a list.', 'icon': 'pilcrow', 'label': 'Plain text', 'template': 'pages/blocks/message.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ul', 'ol', 'link', 'document-link'], 'icon': 'edit', 'label': 'Text'}), 2: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture', 'template': 'pages/blocks/picture.html'}), 3: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File', 'template': 'pages/blocks/file.html'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Quote'}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Who said it', 'max_length': 120, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('text', 4), ('source', 5)]], {}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'Text on the button', 'max_length': 40}), 8: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 9: ('wagtail.blocks.URLBlock', (), {'label': 'Or an address', 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('label', 7), ('page', 8), ('address', 9)]], {}), 11: ('wagtail.blocks.ChoiceBlock', [], {'choices': community.pages.cards.event_choices, 'label': 'Event'}), 12: ('wagtail.blocks.StructBlock', [[('event', 11)]], {}), 13: ('wagtail.blocks.ChoiceBlock', [], {'choices': community.pages.cards.poll_choices, 'label': 'Poll'}), 14: ('wagtail.blocks.StructBlock', [[('poll', 13)]], {}), 15: ('wagtail.blocks.ChoiceBlock', [], {'choices': community.pages.cards.pot_choices, 'label': 'Pot'}), 16: ('wagtail.blocks.StructBlock', [[('pot', 15)]], {}), 17: ('wagtail.blocks.CharBlock', (), {'label': 'What it shows', 'max_length': 120}), 18: ('wagtail.blocks.URLBlock', (), {'help_text': 'YouTube, Vimeo or PeerTube of SURF.', 'label': 'Address', 'validators': [community.pages.cards.film_address]}), 19: ('wagtail.blocks.StructBlock', [[('title', 17), ('address', 18)]], {}), 20: ('community.pages.blocks.ItemsBlock', (), {})}, verbose_name='text')),
                        ('review_on', models.DateField(blank=True, help_text='The owner finds it among their tasks that day.', null=True, verbose_name='look at it again on')),
                        ('is_open', models.BooleanField(default=False, help_text='The owner decides about each part of a proposal.', verbose_name='members may propose changes')),
                        ('subgroups', modelcluster.fields.ParentalManyToManyField(blank=True, limit_choices_to={'archived_at__isnull': True}, to='subgroups.subgroup', verbose_name='groups')),
                    ],
                    options={
                        'verbose_name': 'page',
                        'verbose_name_plural': 'pages',
                    },
                    bases=('wagtailcore.page', models.Model),
                ),
                migrations.CreateModel(
                    name='NewsIndexPage',
                    fields=[
                        ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                    ],
                    options={
                        'verbose_name': 'section with news',
                    },
                    bases=('wagtailcore.page',),
                ),
                migrations.CreateModel(
                    name='NewsPage',
                    fields=[
                        ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                        ('scope', models.CharField(choices=[('public', 'Everybody, also without logging in'), ('everyone', 'All members'), ('groups', 'Members of the chosen groups')], default='everyone', max_length=8, verbose_name='for whom')),
                        ('kinds', community.pages.fields.CodesField(blank=True, default='', max_length=200, verbose_name='only these kinds of membership')),
                        ('roles', community.pages.fields.CodesField(blank=True, default='', max_length=200, verbose_name='only who has this role')),
                        ('interests', community.pages.fields.CodesField(blank=True, default='', max_length=200, verbose_name='only who has this interest')),
                        ('words', models.TextField(blank=True, editable=False, help_text='What search looks in; written at publishing')),
                        ('day', models.DateField(default=django.utils.timezone.localdate, verbose_name='date')),
                        ('intro', models.CharField(blank=True, max_length=300, verbose_name='introduction')),
                        ('body', wagtail.fields.StreamField([('message', 0), ('text', 1), ('picture', 2), ('file', 3), ('quote', 6), ('button', 10), ('event', 12), ('poll', 14), ('pot', 16), ('film', 19), ('items', 20)], blank=True, block_lookup={0: ('wagtail.blocks.TextBlock', (), {'help_text': 'A blank line starts a new paragraph, a line with - in front becomes a list.', 'icon': 'pilcrow', 'label': 'Plain text', 'template': 'pages/blocks/message.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ul', 'ol', 'link', 'document-link'], 'icon': 'edit', 'label': 'Text'}), 2: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture', 'template': 'pages/blocks/picture.html'}), 3: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File', 'template': 'pages/blocks/file.html'}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Quote'}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Who said it', 'max_length': 120, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('text', 4), ('source', 5)]], {}), 7: ('wagtail.blocks.CharBlock', (), {'label': 'Text on the button', 'max_length': 40}), 8: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 9: ('wagtail.blocks.URLBlock', (), {'label': 'Or an address', 'required': False}), 10: ('wagtail.blocks.StructBlock', [[('label', 7), ('page', 8), ('address', 9)]], {}), 11: ('wagtail.blocks.ChoiceBlock', [], {'choices': community.pages.cards.event_choices, 'label': 'Event'}), 12: ('wagtail.blocks.StructBlock', [[('event', 11)]], {}), 13: ('wagtail.blocks.ChoiceBlock', [], {'choices': community.pages.cards.poll_choices, 'label': 'Poll'}), 14: ('wagtail.blocks.StructBlock', [[('poll', 13)]], {}), 15: ('wagtail.blocks.ChoiceBlock', [], {'choices': community.pages.cards.pot_choices, 'label': 'Pot'}), 16: ('wagtail.blocks.StructBlock', [[('pot', 15)]], {}), 17: ('wagtail.blocks.CharBlock', (), {'label': 'What it shows', 'max_length': 120}), 18: ('wagtail.blocks.URLBlock', (), {'help_text': 'YouTube, Vimeo or PeerTube of SURF.', 'label': 'Address', 'validators': [community.pages.cards.film_address]}), 19: ('wagtail.blocks.StructBlock', [[('title', 17), ('address', 18)]], {}), 20: ('community.pages.blocks.ItemsBlock', (), {})}, verbose_name='text')),
                        ('subgroups', modelcluster.fields.ParentalManyToManyField(blank=True, limit_choices_to={'archived_at__isnull': True}, to='subgroups.subgroup', verbose_name='groups')),
                    ],
                    options={
                        'verbose_name': 'news item',
                        'verbose_name_plural': 'news',
                    },
                    bases=('wagtailcore.page', models.Model),
                ),
                migrations.CreateModel(
                    name='PageUse',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='use', to=settings.WAGTAIL_PAGE_MODEL)),
                        ('read_on', models.DateField()),
                    ],
                    options={
                        'verbose_name': 'use of a page',
                        'verbose_name_plural': 'use of pages',
                    },
                ),
                migrations.CreateModel(
                    name='Picture',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                        ('title', models.CharField(max_length=255, verbose_name='title')),
                        ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                        ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                        ('width', models.IntegerField(editable=False, verbose_name='width')),
                        ('height', models.IntegerField(editable=False, verbose_name='height')),
                        ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                        ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
                        ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                        ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                        ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                        ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                        ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                        ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                        ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                    ],
                    options={
                        'abstract': False,
                    },
                    bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
                ),
                migrations.CreateModel(
                    name='Approval',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='pages.announcementpage')),
                        ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('at', models.DateTimeField(blank=True, help_text='When it should appear; empty: as soon as approved', null=True)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('is_approved', models.BooleanField(default=False)),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                    ],
                    options={
                        'verbose_name': 'approval',
                        'verbose_name_plural': 'approvals',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('announcement',), name='approval_one_open'), models.CheckConstraint(condition=models.Q(('is_approved', False), ('decided_at__isnull', False), _connector='OR'), name='approval_given_at_a_moment')],
                    },
                ),
                migrations.CreateModel(
                    name='Proposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='pages.contentpage')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='page_proposals', to=settings.AUTH_USER_MODEL)),
                        ('base', models.TextField()),
                        ('text', models.TextField(max_length=50000)),
                        ('note', models.CharField(blank=True, max_length=300, verbose_name='why')),
                        ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('parts_taken', models.PositiveSmallIntegerField(default=0)),
                        ('answer', models.CharField(blank=True, max_length=300, verbose_name='answer to who proposed it')),
                    ],
                    options={
                        'verbose_name': 'proposal for a page',
                        'verbose_name_plural': 'proposals for pages',
                        'ordering': ['-made_at', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('decided_at__isnull', False), ('parts_taken', 0), _connector='OR'), name='proposal_taken_when_decided')],
                    },
                ),
                migrations.CreateModel(
                    name='PictureRendition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('filter_spec', models.CharField(db_index=True, max_length=255)),
                        ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                        ('width', models.IntegerField(editable=False)),
                        ('height', models.IntegerField(editable=False)),
                        ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                        ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='pages.picture')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('image', 'filter_spec', 'focal_point_key'), name='picture_rendition_once')],
                        'indexes': [models.Index(fields=['file'], name='picture_rendition_by_file')],
                    },
                    bases=(wagtail.images.models.ImageFileMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='Pin',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pins', to='pages.announcementpage')),
                        ('subgroup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subgroups.subgroup')),
                        ('slot', models.PositiveSmallIntegerField()),
                        ('until', models.DateField()),
                    ],
                    options={
                        'verbose_name': 'pin',
                        'verbose_name_plural': 'pins',
                        'constraints': [models.UniqueConstraint(fields=('subgroup', 'slot'), name='pin_slot_once_per_group'), models.UniqueConstraint(condition=models.Q(('subgroup__isnull', True)), fields=('slot',), name='pin_slot_once_for_all'), models.UniqueConstraint(fields=('announcement', 'subgroup'), name='pin_once_per_group'), models.UniqueConstraint(condition=models.Q(('subgroup__isnull', True)), fields=('announcement',), name='pin_once_for_all'), models.CheckConstraint(condition=models.Q(('slot__gte', 1), ('slot__lte', 3)), name='pin_at_most_three')],
                    },
                ),
                migrations.CreateModel(
                    name='LinkedThread',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='threads', to='pages.announcementpage')),
                        ('conversation', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='conversations.conversation')),
                    ],
                    options={
                        'verbose_name': 'linked discussion',
                        'verbose_name_plural': 'linked discussions',
                    },
                ),
                migrations.CreateModel(
                    name='Reading',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to=settings.AUTH_USER_MODEL)),
                        ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='pages.announcementpage')),
                        ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('acknowledged_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'reading',
                        'verbose_name_plural': 'readings',
                        'constraints': [models.UniqueConstraint(fields=('member', 'announcement'), name='reading_once'), models.CheckConstraint(condition=models.Q(('acknowledged_at__isnull', True), ('acknowledged_at__gte', models.F('seen_at')), _connector='OR'), name='reading_seen_before_acknowledged')],
                    },
                ),
                migrations.CreateModel(
                    name='Broadcast',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='broadcasts', to='pages.announcementpage')),
                        ('number', models.PositiveSmallIntegerField(default=0)),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('after_member', models.BigIntegerField(default=0, help_text='The id of the last member who was handled')),
                        ('told', models.PositiveIntegerField(default=0, help_text='Members handled, whatever channels they chose')),
                        ('expected', models.PositiveIntegerField(default=0, help_text='Members to be told when it began')),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('is_urgent', models.BooleanField(default=False, help_text='As two people agreed when it began')),
                    ],
                    options={
                        'verbose_name': 'broadcast',
                        'verbose_name_plural': 'broadcasts',
                        'constraints': [models.UniqueConstraint(fields=('announcement', 'number'), name='broadcast_once_per_number')],
                        'indexes': [models.Index(condition=models.Q(('finished_at__isnull', True)), fields=['id'], name='broadcast_unfinished')],
                    },
                ),
                migrations.CreateModel(
                    name='Reply',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('announcement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='pages.announcementpage')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='announcement_replies', to=settings.AUTH_USER_MODEL)),
                        ('text', models.TextField(max_length=2000)),
                        ('written_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('removed_at', models.DateTimeField(blank=True, null=True)),
                        ('removed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'reply',
                        'verbose_name_plural': 'replies',
                        'ordering': ['written_at', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('removed_at__isnull', False), ('text', '')), models.Q(models.Q(('text', ''), _negated=True), ('removed_at__isnull', True)), _connector='OR'), name='reply_says_something_or_is_gone')],
                    },
                ),
                migrations.CreateModel(
                    name='AnnouncementSeries',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('example', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='series', to='pages.announcementpage')),
                        ('rhythm', models.CharField(choices=[('weekly', 'Every week'), ('fortnightly', 'Every two weeks'), ('monthly', 'Every month, on the same day of the week')], max_length=12, verbose_name='repeat')),
                        ('first_at', models.DateTimeField(verbose_name='first time')),
                        ('until', models.DateField(blank=True, null=True, verbose_name='up to and including')),
                        ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('started_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('stopped_at', models.DateTimeField(blank=True, null=True)),
                        ('stopped_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'recurring announcement',
                        'verbose_name_plural': 'recurring announcements',
                    },
                ),
                migrations.CreateModel(
                    name='Urgency',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('announcement', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='urgency', to='pages.announcementpage')),
                        ('reason', models.CharField(max_length=200, verbose_name='why it cannot wait')),
                        ('fingerprint', models.CharField(max_length=64)),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'urgent announcement',
                        'verbose_name_plural': 'urgent announcements',
                        'constraints': [models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('asked_by')), _negated=True), _connector='OR'), name='urgency_by_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='urgency_confirmed_by_and_at'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='urgency_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Occurrence',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occurrences', to='pages.announcementseries')),
                        ('at', models.DateTimeField()),
                        ('announcement', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='occurrence', to='pages.announcementpage')),
                        ('skipped_at', models.DateTimeField(blank=True, null=True)),
                        ('skipped_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'time of a recurring announcement',
                        'verbose_name_plural': 'times of recurring announcements',
                        'ordering': ['at'],
                        'constraints': [models.UniqueConstraint(fields=('series', 'at'), name='occurrence_once'), models.CheckConstraint(condition=models.Q(('skipped_at__isnull', True), ('announcement__isnull', True), _connector='OR'), name='occurrence_skipped_has_no_page')],
                    },
                ),
            ],
        ),
    ]
