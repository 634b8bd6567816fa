import os

from django.core.wsgi import get_wsgi_application

from community.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
application = get_wsgi_application()
settle()
