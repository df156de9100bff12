"""The web form: Sveltia CMS, its configuration made from the models, and the page ``/admin/`` of the site."""
