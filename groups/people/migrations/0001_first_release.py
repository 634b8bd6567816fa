import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import guardian.mixins
from django.conf import settings
from django.db import migrations, models

import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('people', '0001_members_and_roles'),
        ('people', '0002_audit_log'),
        ('people', '0003_audit_log_is_append_only'),
        ('people', '0004_profile_entry_and_register'),
        ('people', '0005_kinds_for_minors'),
        ('people', '0006_import_undo_in_portions'),
        ('people', '0007_undone_imports_were_asked'),
        ('people', '0008_import_undo_constraints'),
        ('people', '0009_limits_while_the_cache_is_away'),
        ('people', '0010_people_known_to_be_different'),
        ('people', '0011_looks_at_profiles'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        theme.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='AuditEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('actor_id', models.BigIntegerField(db_index=True, null=True)),
                        ('actor_name', models.CharField(blank=True, max_length=160)),
                        ('act', models.CharField(db_index=True, max_length=60)),
                        ('about', models.CharField(db_index=True, help_text='for example subgroup:12', max_length=80)),
                        ('about_name', models.CharField(blank=True, max_length=160)),
                        ('subgroup_id', models.BigIntegerField(db_index=True, null=True)),
                        ('reason', models.TextField(blank=True)),
                        ('details', models.JSONField(default=dict)),
                    ],
                    options={
                        'verbose_name': 'act in the log',
                        'verbose_name_plural': 'audit log',
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='Member',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('email', models.EmailField(blank=True, max_length=254, null=True, unique=True, verbose_name='e-mail address')),
                        ('first_name', models.CharField(max_length=60, verbose_name='first name')),
                        ('name_prefix', models.CharField(blank=True, help_text='For example “van der”', max_length=20, verbose_name='prefix')),
                        ('last_name', models.CharField(blank=True, max_length=80, verbose_name='last name')),
                        ('number', models.CharField(blank=True, max_length=20, null=True, unique=True, verbose_name='member number')),
                        ('photo', models.ImageField(blank=True, upload_to='portraits/', verbose_name='photo')),
                        ('about', models.TextField(blank=True, max_length=1000, verbose_name='about me')),
                        ('language', models.CharField(blank=True, choices=[('nl', 'Dutch'), ('en', 'English')], max_length=2, verbose_name='language')),
                        ('scheme', models.CharField(choices=[('auto', 'As on my device'), ('light', 'Light'), ('dark', 'Dark')], default='auto', max_length=5, verbose_name='colours')),
                        ('text_size', models.PositiveSmallIntegerField(choices=[(100, 'Normal'), (115, 'Large'), (130, 'Larger')], default=100, verbose_name='text size')),
                        ('readable_font', models.BooleanField(default=False, verbose_name='extra readable letters')),
                        ('consent', models.CharField(choices=[('members', 'Every member'), ('managers', 'Only managers of groups'), ('nobody', 'Nobody')], default='managers', max_length=8, verbose_name='who may invite me to a group')),
                        ('is_listed', models.BooleanField(default=False, help_text='Only who says yes is found.', verbose_name='members can find me in the directory')),
                        ('shows_groups', models.BooleanField(default=False, verbose_name='my groups stand on my profile')),
                        ('welcome_step', models.PositiveSmallIntegerField(default=0, editable=False)),
                        ('is_active', models.BooleanField(default=True, verbose_name='active')),
                        ('is_staff', models.BooleanField(default=False, verbose_name='technical administrator')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='account made at')),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ],
                    options={
                        'verbose_name': 'member',
                        'verbose_name_plural': 'members',
                        'ordering': ['last_name', 'first_name', 'pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('email__isnull', True), ('email', django.db.models.functions.text.Lower('email')), _connector='OR'), name='member_email_in_lower_case')],
                        'indexes': [models.Index(fields=['last_name', 'first_name'], name='member_by_name')],
                    },
                    bases=(guardian.mixins.GuardianUserMixin, models.Model),
                ),
                migrations.CreateModel(
                    name='MembershipKind',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                        ('may_vote', models.BooleanField(default=True, verbose_name='may vote')),
                        ('is_for_minors', models.BooleanField(default=False, help_text='Adults outside their groups cannot write to them in private.', verbose_name='for members under 18')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                    ],
                    options={
                        'verbose_name': 'kind of membership',
                        'verbose_name_plural': 'kinds of membership',
                        'ordering': ['position', 'name'],
                    },
                ),
                migrations.CreateModel(
                    name='Letter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('email', models.EmailField(max_length=254)),
                        ('subject', models.CharField(max_length=200)),
                        ('body', models.TextField()),
                        ('path', models.CharField(blank=True, max_length=300)),
                        ('button', models.CharField(blank=True, max_length=80)),
                        ('language', models.CharField(default='nl', max_length=2)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('claimed_at', models.DateTimeField(blank=True, null=True)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('not_before', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': 'letter',
                        'verbose_name_plural': 'letters',
                        'indexes': [models.Index(condition=models.Q(('claimed_at__isnull', True)), fields=['not_before'], name='letter_due')],
                    },
                ),
                migrations.CreateModel(
                    name='KeptLimit',
                    fields=[
                        ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                        ('value', models.TextField()),
                        ('expires', models.DateTimeField(db_index=True)),
                    ],
                    options={
                        'db_table': 'people_kept_limit',
                    },
                ),
                migrations.CreateModel(
                    name='ProfileField',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                        ('hint', models.CharField(blank=True, max_length=200, verbose_name='explanation')),
                        ('kind', models.CharField(choices=[('text', 'Text'), ('long_text', 'Long text'), ('phone', 'Telephone number'), ('date', 'Date'), ('choice', 'One of a list')], default='text', max_length=10, verbose_name='kind')),
                        ('choices', models.TextField(blank=True, verbose_name='choices, one per line')),
                        ('audience', models.CharField(choices=[('members', 'All members'), ('groups', 'Members of my groups'), ('managers', 'Managers of my groups and the board'), ('board', 'The board'), ('me', 'Only me')], default='groups', help_text='Every member can change this for their own answer.', max_length=10, verbose_name='who sees it at first')),
                        ('is_searchable', models.BooleanField(default=False, verbose_name='can be searched in the directory')),
                        ('needs_approval', models.BooleanField(default=False, verbose_name='a change waits for approval')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                    ],
                    options={
                        'verbose_name': 'profile field',
                        'verbose_name_plural': 'profile fields',
                        'ordering': ['position', 'name'],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'choice'), _negated=True), models.Q(('choices', ''), _negated=True), _connector='OR'), name='profile_field_with_choices_has_some')],
                    },
                ),
                migrations.CreateModel(
                    name='AuditLink',
                    fields=[
                        ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                        ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='link', to='people.auditentry')),
                        ('digest', models.CharField(max_length=64)),
                    ],
                    options={
                        'ordering': ['position'],
                    },
                ),
                migrations.CreateModel(
                    name='Enrolment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='from')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='up to and including')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enrolments', to=settings.AUTH_USER_MODEL, verbose_name='member')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='people.membershipkind', verbose_name='kind')),
                    ],
                    options={
                        'verbose_name': 'enrolment',
                        'verbose_name_plural': 'enrolments',
                        'ordering': ['starts_on'],
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='enrolment_ends_after_start'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('member',), name='enrolment_one_open_per_member')],
                    },
                ),
                migrations.CreateModel(
                    name='RoleGrant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='from')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='up to and including')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_grants', to=settings.AUTH_USER_MODEL, verbose_name='member')),
                        ('role', models.CharField(choices=[('community_manager', 'community manager'), ('board', 'board member'), ('treasurer', 'treasurer'), ('auditor', 'auditor'), ('privacy_officer', 'privacy officer'), ('moderator', 'moderator')], max_length=20, verbose_name='role')),
                        ('granted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='granted by')),
                        ('granted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='granted at')),
                    ],
                    options={
                        'verbose_name': 'role of the association',
                        'verbose_name_plural': 'roles of the association',
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='rolegrant_ends_after_start'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('member', 'role'), name='role_grant_one_open_per_role')],
                    },
                ),
                migrations.CreateModel(
                    name='Application',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('first_name', models.CharField(max_length=60, verbose_name='first name')),
                        ('name_prefix', models.CharField(blank=True, max_length=20, verbose_name='prefix')),
                        ('last_name', models.CharField(max_length=80, verbose_name='last name')),
                        ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.membershipkind', verbose_name='kind of membership')),
                        ('motivation', models.TextField(blank=True, max_length=1000, verbose_name='why you want to join')),
                        ('language', models.CharField(default='nl', max_length=2)),
                        ('terms_accepted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                        ('confirmed_at', models.DateTimeField(editable=False, null=True)),
                        ('decided_at', models.DateTimeField(editable=False, null=True)),
                        ('decided_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('is_accepted', models.BooleanField(editable=False, null=True)),
                        ('answer', models.TextField(blank=True, max_length=1000)),
                        ('member', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='application', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'application',
                        'verbose_name_plural': 'applications',
                        'ordering': ['created_at'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', False), ('decided_at__isnull', True)), fields=('email',), name='application_one_open_per_address'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('is_accepted__isnull', True)), models.Q(('confirmed_at__isnull', False), ('decided_at__isnull', False), ('is_accepted__isnull', False)), _connector='OR'), name='application_is_decided_after_confirming')],
                    },
                ),
                migrations.CreateModel(
                    name='ProfileValue',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='profile_values', to=settings.AUTH_USER_MODEL, verbose_name='member')),
                        ('field', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='people.profilefield', verbose_name='field')),
                        ('value', models.TextField(blank=True, verbose_name='answer')),
                        ('proposed', models.TextField(blank=True, verbose_name='waits for approval')),
                        ('audience', models.CharField(choices=[('members', 'All members'), ('groups', 'Members of my groups'), ('managers', 'Managers of my groups and the board'), ('board', 'The board'), ('me', 'Only me')], max_length=10, verbose_name='who sees it')),
                    ],
                    options={
                        'verbose_name': 'answer on a profile',
                        'verbose_name_plural': 'answers on profiles',
                        'constraints': [models.UniqueConstraint(fields=('member', 'field'), name='profile_value_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Interest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=60, verbose_name='name')),
                        ('synonyms', models.TextField(blank=True, verbose_name='other words for it, one per line')),
                        ('members', models.ManyToManyField(blank=True, related_name='interests', to=settings.AUTH_USER_MODEL, verbose_name='members')),
                    ],
                    options={
                        'verbose_name': 'interest',
                        'verbose_name_plural': 'interests',
                        'ordering': ['name'],
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='interest_name_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Dismissal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dismissals', to=settings.AUTH_USER_MODEL)),
                        ('about', models.CharField(max_length=40)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('member', 'about'), name='dismissal_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Guardianship',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='from')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='up to and including')),
                        ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wards', to=settings.AUTH_USER_MODEL, verbose_name='guardian')),
                        ('child', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='guardians', to=settings.AUTH_USER_MODEL, verbose_name='child')),
                        ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                    ],
                    options={
                        'verbose_name': 'guardianship',
                        'verbose_name_plural': 'guardianships',
                        'abstract': False,
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='guardianship_ends_after_start'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('guardian', 'child'), name='guardianship_one_open'), models.CheckConstraint(condition=models.Q(('guardian', models.F('child')), _negated=True), name='guardianship_of_somebody_else')],
                    },
                ),
                migrations.CreateModel(
                    name='Look',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('viewed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='looks', to=settings.AUTH_USER_MODEL)),
                        ('viewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('audience', models.CharField(choices=[('members', 'All members'), ('groups', 'Members of my groups'), ('managers', 'Managers of my groups and the board'), ('board', 'The board'), ('me', 'Only me')], max_length=8)),
                        ('day', models.DateField(default=django.utils.timezone.localdate)),
                    ],
                    options={
                        'verbose_name': 'look at a profile',
                        'verbose_name_plural': 'looks at profiles',
                        'ordering': ['-day', '-pk'],
                        'constraints': [models.UniqueConstraint(fields=('viewed', 'viewer', 'audience', 'day'), name='look_once_a_day'), models.CheckConstraint(condition=models.Q(('audience__in', ['managers', 'board'])), name='look_in_a_role')],
                    },
                ),
                migrations.CreateModel(
                    name='RegisterImport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=200, verbose_name='file')),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('rows_read', models.PositiveIntegerField(default=0)),
                        ('rows_done', models.PositiveIntegerField(default=0)),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('applied_at', models.DateTimeField(blank=True, null=True)),
                        ('undo_asked_at', models.DateTimeField(blank=True, null=True)),
                        ('undo_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('rows_undone', models.PositiveIntegerField(default=0)),
                        ('undone_at', models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        'verbose_name': 'import',
                        'verbose_name_plural': 'imports',
                        'ordering': ['-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('undo_asked_at__isnull', True), ('applied_at__isnull', False), _connector='OR'), name='import_undone_after_applying'), models.CheckConstraint(condition=models.Q(('undone_at__isnull', True), ('undo_asked_at__isnull', False), _connector='OR'), name='import_undone_when_asked')],
                    },
                ),
                migrations.CreateModel(
                    name='KnownDifferent',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('first', 'second'), name='known_different_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='known_different_in_order')],
                    },
                ),
                migrations.CreateModel(
                    name='MemberMerge',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to=settings.AUTH_USER_MODEL)),
                        ('gone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('merged_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('moved', models.JSONField(default=dict)),
                    ],
                    options={
                        'verbose_name': 'merge of members',
                        'verbose_name_plural': 'merges of members',
                        'ordering': ['-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('gone',), name='merged_away_once'), models.CheckConstraint(condition=models.Q(('kept', models.F('gone')), _negated=True), name='merge_of_two_people')],
                    },
                ),
                migrations.CreateModel(
                    name='RegisterRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('register_import', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='people.registerimport')),
                        ('line', models.PositiveIntegerField()),
                        ('outcome', models.CharField(choices=[('add', 'new'), ('change', 'changed'), ('same', 'no change'), ('reject', 'not taken')], max_length=6)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('values', models.JSONField(default=dict)),
                        ('before', models.JSONField(default=dict)),
                        ('member', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['line'],
                        'constraints': [models.UniqueConstraint(fields=('register_import', 'line'), name='import_line_once')],
                        'indexes': [models.Index(fields=['register_import', 'outcome', 'line'], name='import_by_outcome')],
                    },
                ),
            ],
        ),
    ]
