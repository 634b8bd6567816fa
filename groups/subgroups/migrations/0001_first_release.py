import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('subgroups', '0001_subgroups_and_roles'),
        ('subgroups', '0002_joining_and_lifecycle'),
        ('subgroups', '0003_keep_places_closed_for_a_while'),
        ('subgroups', '0004_invitation_mails_and_push_level'),
        ('subgroups', '0005_places_by_rule'),
    ]

    initial = True

    # The tables of every package come first: changing them takes longer once ours are known.
    dependencies = [
        ('account', '0009_emailaddress_unique_primary_email'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('guardian', '0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more'),
        ('mfa', '0003_authenticator_type_uniq'),
        ('people', '0001_first_release'),
        ('sessions', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('usersessions', '0001_initial'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailembeds', '0009_embed_cache_until'),
        ('wagtailforms', '0005_alter_formsubmission_form_data'),
        ('wagtailimages', '0027_image_description'),
        ('wagtailsearch', '0010_add_text_fields'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        theme.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='Subgroup',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                        ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                        ('description', models.TextField(help_text='What is this group for, and which messages belong here?', max_length=1000, verbose_name='description')),
                        ('kind', models.CharField(choices=[('branch', 'Branch'), ('committee', 'Committee'), ('project', 'Project'), ('interest', 'Interest group'), ('editorial', 'Editors'), ('content', "Members' stories"), ('network', 'Network'), ('board', 'Board'), ('sounding_board', 'Sounding board')], default='interest', max_length=20, verbose_name='kind')),
                        ('icon', models.CharField(default='users', max_length=30, verbose_name='icon')),
                        ('hue', models.CharField(blank=True, choices=[('teal', 'teal'), ('rose', 'rose'), ('violet', 'violet'), ('amber', 'amber'), ('green', 'green'), ('blue', 'blue'), ('slate', 'slate')], max_length=10, verbose_name='tint')),
                        ('picture', models.ImageField(blank=True, upload_to='subgroups/', verbose_name='picture')),
                        ('join_policy', models.CharField(choices=[('open', 'Everybody may join'), ('request', 'Ask to join'), ('invitation', 'By invitation'), ('closed', 'Closed')], default='request', max_length=12, verbose_name='joining')),
                        ('is_hidden', models.BooleanField(default=False, verbose_name='hidden from who is not a member')),
                        ('push_level', models.CharField(choices=[('plain', 'Only that there is something'), ('group', 'Also which group'), ('text', 'Also what it is about')], default='text', help_text='A member who chose to see less sees less.', max_length=5, verbose_name='what a push about this group shows at most')),
                        ('modules', models.JSONField(default=list, verbose_name='parts that are switched on')),
                        ('rules', models.TextField(blank=True, max_length=2000, verbose_name='house rules')),
                        ('places', models.PositiveSmallIntegerField(default=1024, help_text='At most 1,024. When it is full, people can wait for a place.', verbose_name='places')),
                        ('described_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('slot', models.PositiveSmallIntegerField(editable=False, null=True, unique=True)),
                        ('member_count', models.PositiveSmallIntegerField(default=0, editable=False)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('archived_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        'verbose_name': 'group',
                        'verbose_name_plural': 'groups',
                        'ordering': ['name'],
                        'permissions': [('post_chat', 'Post in the chat'), ('start_thread', 'Start a discussion'), ('reply', 'Reply in a discussion'), ('upload', 'Add files and photos'), ('start_poll', 'Start a poll'), ('open_pot', 'Open a pot'), ('plan_event', 'Plan an event'), ('invite', 'Invite members'), ('announce', 'Post announcements'), ('moderate', 'Moderate'), ('manage_members', 'Let members in and remove them'), ('manage_settings', "Change the group's settings")],
                        'constraints': [models.CheckConstraint(condition=models.Q(('slot__isnull', True), models.Q(('slot__gte', 1), ('slot__lte', 50)), _connector='OR'), name='subgroup_at_most_50'), models.CheckConstraint(condition=models.Q(models.Q(('archived_at__isnull', False), ('slot__isnull', True)), models.Q(('archived_at__isnull', True), ('slot__isnull', False)), _connector='OR'), name='subgroup_has_slot_while_active'), models.CheckConstraint(condition=models.Q(('member_count__lte', 1024)), name='subgroup_at_most_1024'), models.CheckConstraint(condition=models.Q(('description', ''), _negated=True), name='subgroup_has_description'), models.CheckConstraint(condition=models.Q(('places__gte', 1), ('places__lte', 1024)), name='subgroup_places_at_most_1024')],
                    },
                ),
                migrations.CreateModel(
                    name='InvitationMail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('address', models.EmailField(max_length=254)),
                        ('number', models.PositiveSmallIntegerField()),
                        ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'mail about invitations',
                        'verbose_name_plural': 'mails about invitations',
                        'constraints': [models.UniqueConstraint(fields=('address', 'number'), name='invitation_mail_once_per_number'), models.CheckConstraint(condition=models.Q(('number__in', [1, 2])), name='invitation_mail_two_at_most')],
                    },
                ),
                migrations.CreateModel(
                    name='SubgroupGroupPermission',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                        ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.group')),
                        ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='subgroups.subgroup')),
                    ],
                    options={
                        'unique_together': {('group', 'permission', 'content_object')},
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='SubgroupUserPermission',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                        ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='subgroups.subgroup')),
                    ],
                    options={
                        'unique_together': {('user', 'permission', 'content_object')},
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='subgroups.subgroup', verbose_name='group')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='member')),
                        ('joined_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined at')),
                        ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='left at')),
                        ('guest_until', models.DateField(blank=True, null=True, verbose_name='guest up to and including')),
                        ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='closed at')),
                        ('by_rule', models.BooleanField(default=False, editable=False)),
                        ('left_by_rule', models.BooleanField(default=False, editable=False)),
                        ('is_favourite', models.BooleanField(default=False, verbose_name='favourite')),
                    ],
                    options={
                        'verbose_name': 'membership',
                        'verbose_name_plural': 'memberships',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('left_at__isnull', True)), fields=('subgroup', 'member'), name='membership_active_once'), models.CheckConstraint(condition=models.Q(('left_at__isnull', True), ('left_at__gte', models.F('joined_at')), _connector='OR'), name='membership_leaves_after_joining'), models.CheckConstraint(condition=models.Q(('left_by_rule', False), ('left_at__isnull', False), _connector='OR'), name='membership_left_by_rule_has_left')],
                        'indexes': [models.Index(condition=models.Q(('left_at__isnull', True)), fields=['member'], name='membership_mine')],
                    },
                ),
                migrations.CreateModel(
                    name='RoleGroup',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_groups', to='subgroups.subgroup')),
                        ('role', models.CharField(choices=[('manager', 'manager'), ('moderator', 'moderator'), ('geldchef', 'pot treasurer'), ('member', 'member')], max_length=12)),
                        ('group', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='role_group', to='auth.group')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('subgroup', 'role'), name='role_group_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='subgroups.subgroup')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations_sent', to=settings.AUTH_USER_MODEL)),
                        ('invitee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('text', models.TextField(blank=True, max_length=500, verbose_name='personal message')),
                        ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                        ('kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.membershipkind')),
                        ('guest_until', models.DateField(blank=True, null=True, verbose_name='guest up to and including')),
                        ('is_ambassador', models.BooleanField(default=False)),
                        ('max_uses', models.PositiveSmallIntegerField(default=1)),
                        ('uses', models.PositiveSmallIntegerField(default=0)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('expires_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('declined_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'invitation',
                        'verbose_name_plural': 'invitations',
                        'ordering': ['-created_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('uses__lte', models.F('max_uses'))), name='invitation_used_at_most'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='invitation_expires_later'), models.CheckConstraint(condition=models.Q(('invitee__isnull', True), models.Q(('email', ''), ('max_uses', 1), ('subgroup__isnull', False)), _connector='OR'), name='invitation_of_a_member_is_personal'), models.UniqueConstraint(condition=models.Q(('declined_at__isnull', True), ('invitee__isnull', False), ('revoked_at__isnull', True), ('uses', 0)), fields=('subgroup', 'invitee'), name='invitation_one_open_per_member')],
                    },
                ),
                migrations.CreateModel(
                    name='DeclineCount',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='declines', to='subgroups.subgroup')),
                        ('count', models.PositiveIntegerField(default=0)),
                    ],
                ),
                migrations.CreateModel(
                    name='JoinRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_requests', to='subgroups.subgroup')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_requests', to=settings.AUTH_USER_MODEL)),
                        ('text', models.TextField(blank=True, max_length=500, verbose_name='why you want to join')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('is_accepted', models.BooleanField(null=True)),
                        ('answer', models.TextField(blank=True, max_length=500)),
                    ],
                    options={
                        'verbose_name': 'request to join',
                        'verbose_name_plural': 'requests to join',
                        'ordering': ['created_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at__isnull', True)), fields=('subgroup', 'member'), name='join_request_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('is_accepted__isnull', True)), models.Q(('decided_at__isnull', False), ('is_accepted__isnull', False)), _connector='OR'), name='join_request_decided_with_answer')],
                    },
                ),
                migrations.CreateModel(
                    name='WaitingPlace',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waiting', to='subgroups.subgroup')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('offered_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'place in the queue',
                        'verbose_name_plural': 'places in the queue',
                        'ordering': ['created_at', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('subgroup', 'member'), name='waiting_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Removal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='removals', to='subgroups.subgroup')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='removals', to=settings.AUTH_USER_MODEL)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.TextField(max_length=1000, verbose_name='reason')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('reply_until', models.DateField()),
                        ('reply', models.TextField(blank=True, max_length=2000, verbose_name='reply')),
                        ('replied_at', models.DateTimeField(blank=True, null=True)),
                        ('banned_until', models.DateField(blank=True, null=True, verbose_name='cannot come back up to and including')),
                        ('lifted_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'removal',
                        'verbose_name_plural': 'removals',
                        'ordering': ['-created_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='removal_has_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Departure',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='departures', to='subgroups.subgroup')),
                        ('reason', models.CharField(choices=[('no_time', 'No time'), ('too_much', 'Too many messages'), ('not_for_me', 'Not what I expected'), ('moved', 'I moved or stopped'), ('atmosphere', 'I do not feel at home')], max_length=12)),
                        ('month', models.DateField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Proposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60, verbose_name='name')),
                        ('description', models.TextField(max_length=1000, verbose_name='description')),
                        ('kind', models.CharField(choices=[('branch', 'Branch'), ('committee', 'Committee'), ('project', 'Project'), ('interest', 'Interest group'), ('editorial', 'Editors'), ('content', "Members' stories"), ('network', 'Network'), ('board', 'Board'), ('sounding_board', 'Sounding board')], default='interest', max_length=20, verbose_name='kind')),
                        ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answer', models.TextField(blank=True, max_length=500)),
                        ('subgroup', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='proposal', to='subgroups.subgroup')),
                    ],
                    options={
                        'verbose_name': 'proposal for a group',
                        'verbose_name_plural': 'proposals for groups',
                        'ordering': ['created_at'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('subgroup__isnull', True), ('decided_at__isnull', False), _connector='OR'), name='proposal_made_when_decided')],
                    },
                ),
                migrations.CreateModel(
                    name='FormerAddress',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('slug', models.SlugField(max_length=60, unique=True)),
                        ('subgroup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_addresses', to='subgroups.subgroup')),
                    ],
                    options={
                        'verbose_name': 'former address',
                        'verbose_name_plural': 'former addresses',
                    },
                ),
                migrations.CreateModel(
                    name='DefaultSubgroup',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('subgroup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='default_rules', to='subgroups.subgroup', verbose_name='group')),
                        ('kind', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.membershipkind', verbose_name='kind of membership')),
                        ('branch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='subgroups.subgroup', verbose_name='members of branch')),
                        ('fills_itself', models.BooleanField(default=False, help_text='Present members come in too, and who no longer fits goes out. Who came or went by hand stays as they are.', verbose_name='keeps itself filled')),
                    ],
                    options={
                        'verbose_name': 'default group',
                        'verbose_name_plural': 'default groups',
                        'constraints': [models.UniqueConstraint(models.F('subgroup'), django.db.models.functions.comparison.Coalesce(models.F('kind'), 0), django.db.models.functions.comparison.Coalesce(models.F('branch'), 0), name='default_rule_once'), models.CheckConstraint(condition=models.Q(('branch__isnull', True), models.Q(('branch', models.F('subgroup')), _negated=True), _connector='OR'), name='default_rule_not_of_itself')],
                    },
                ),
                migrations.CreateModel(
                    name='SubgroupRoleGrant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='from')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='up to and including')),
                        ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='subgroups.membership', verbose_name='membership')),
                        ('role', models.CharField(choices=[('manager', 'manager'), ('moderator', 'moderator'), ('geldchef', 'pot treasurer'), ('member', 'member')], max_length=12, verbose_name='role')),
                        ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('granted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        'verbose_name': 'role in a group',
                        'verbose_name_plural': 'roles in groups',
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='subgrouprolegrant_ends_after_start'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('membership', 'role'), name='subgroup_role_one_open_per_role'), models.CheckConstraint(condition=models.Q(('role', 'member'), _negated=True), name='subgroup_role_is_more_than_member')],
                    },
                ),
                migrations.CreateModel(
                    name='RoleOffer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('membership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='subgroups.membership')),
                        ('role', models.CharField(choices=[('manager', 'manager'), ('moderator', 'moderator'), ('geldchef', 'pot treasurer'), ('member', 'member')], max_length=12, verbose_name='role')),
                        ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='from')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='up to and including')),
                        ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('answered_at', models.DateTimeField(blank=True, null=True)),
                        ('is_accepted', models.BooleanField(null=True)),
                    ],
                    options={
                        'verbose_name': 'offer of a role',
                        'verbose_name_plural': 'offers of roles',
                        'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('membership', 'role'), name='role_offer_one_open'), models.CheckConstraint(condition=models.Q(('role', 'member'), _negated=True), name='role_offer_is_more_than_member')],
                    },
                ),
            ],
        ),
    ]
