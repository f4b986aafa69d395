-- forget_links() --
SELECT directory.forget_mail_links()

-- forget_attempts() --
SELECT directory.forget_attempts()
