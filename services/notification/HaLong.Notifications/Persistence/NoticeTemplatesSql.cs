namespace HaLong.Notifications.Persistence;

/// <summary>Messages say which version they were written from, so what a version said must stay what it said.</summary>
internal static class NoticeTemplatesSql
{
    public const string Up = """
        CREATE FUNCTION notice_template_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE'
                OR ROW(NEW.kind, NEW.version, NEW.content::text, NEW.content_hash) IS DISTINCT FROM
                    ROW(OLD.kind, OLD.version, OLD.content::text, OLD.content_hash) THEN
                RAISE EXCEPTION 'A published version of a notice does not change: % %', OLD.kind, OLD.version;
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER notice_template_stays BEFORE UPDATE OR DELETE ON notice_template
            FOR EACH ROW WHEN (OLD.version IS NOT NULL) EXECUTE FUNCTION notice_template_stays();
        """;

    public const string Down = """
        DROP TRIGGER notice_template_stays ON notice_template;
        DROP FUNCTION notice_template_stays();
        """;
}
