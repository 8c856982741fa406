"""The WSGI application, served by granian in production."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taizhang.project.settings.production")
application = get_wsgi_application()
