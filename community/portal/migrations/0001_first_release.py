import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import theme.migrating


class Migration(migrations.Migration):

    replaces = [
        ('portal', '0001_house_settings'),
        ('portal', '0002_crest_is_a_picture'),
        ('portal', '0003_last_visits_and_week_answers'),
    ]

    initial = True

    dependencies = [
        ('pages', '0001_first_release'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        theme.migrating.Together(
            operations=[
                migrations.CreateModel(
                    name='HouseSettings',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(default='Paraplu', max_length=80, verbose_name='name of the association')),
                        ('tagline', models.CharField(blank=True, max_length=120, verbose_name='one line about it')),
                        ('colour', models.CharField(default='#0e5a78', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Write the colour as # and six digits or letters, like #0e5a78.')], verbose_name='house colour')),
                        ('icon', models.CharField(choices=[('sailboat', 'sailboat'), ('umbrella', 'umbrella'), ('anchor', 'anchor'), ('bike', 'bike'), ('heart', 'heart'), ('leaf', 'leaf'), ('music', 'music'), ('star', 'star'), ('trophy', 'trophy'), ('users', 'users'), ('waves', 'waves')], default='umbrella', help_text='Shown while there is no crest.', max_length=20, verbose_name='sign')),
                        ('crest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='pages.picture', verbose_name='crest or logo')),
                    ],
                    options={
                        'verbose_name': 'House style',
                    },
                ),
                migrations.CreateModel(
                    name='Visit',
                    fields=[
                        ('member', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='visit', serialize=False, to=settings.AUTH_USER_MODEL)),
                        ('seen_at', models.DateTimeField()),
                        ('before', models.DateTimeField(blank=True, help_text='The end of the visit before this one', null=True)),
                    ],
                    options={
                        'verbose_name': 'last visit',
                        'verbose_name_plural': 'last visits',
                    },
                ),
                migrations.CreateModel(
                    name='WeekAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('week', models.DateField(help_text='The Monday')),
                        ('item', models.CharField(max_length=60)),
                        ('act', models.CharField(choices=[('asked', 'asked the managers'), ('later', 'not this week')], max_length=5)),
                        ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('at', models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        'verbose_name': "answer to the week's list",
                        'verbose_name_plural': "answers to the week's list",
                        'constraints': [models.UniqueConstraint(fields=('week', 'item'), name='week_answer_once')],
                    },
                ),
            ],
        ),
    ]
