import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('polls', '0003_statutes_know_ties_and_instructions'),
    ]

    operations = [
        migrations.AddField(
            model_name='statutes',
            name='vote_age',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Empty: at every age, as the law has it. Who has no day of birth here counts as old enough.', null=True, validators=[django.core.validators.MaxValueValidator(25)], verbose_name='From which age does a member vote?'),
        ),
        migrations.AddConstraint(
            model_name='statutes',
            constraint=models.CheckConstraint(condition=models.Q(('vote_age__isnull', True), ('vote_age__lte', 25), _connector='OR'), name='statutes_vote_age_at_most_25'),
        ),
    ]
