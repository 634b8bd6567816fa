"""Where limits on log-in, codes and applications are counted while the shared cache is away."""

from django.db import models


class KeptLimit(models.Model):
    """A row of Django's database cache: how often an address or a machine tried, until `expires`."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_kept_limit"

    def __str__(self):
        return self.cache_key
