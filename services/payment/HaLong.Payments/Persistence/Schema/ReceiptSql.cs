namespace HaLong.Payments.Persistence.Schema;

/// <summary>
/// What the database itself keeps watch over: receipts stay as they are; a series counts up one by one and never back; a number that was taken has its
/// receipt when the transaction commits; no receipt has a number that its series has not given.
/// </summary>
internal static class ReceiptSql
{
    public const string Up = """
        CREATE FUNCTION receipt_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME;
        END $$;
        CREATE TRIGGER receipt_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt FOR EACH STATEMENT EXECUTE FUNCTION receipt_is_insert_only();
        CREATE TRIGGER receipt_item_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt_item FOR EACH STATEMENT EXECUTE FUNCTION receipt_is_insert_only();
        CREATE TRIGGER receipt_series_stays BEFORE DELETE OR TRUNCATE ON receipt_series FOR EACH STATEMENT EXECUTE FUNCTION receipt_is_insert_only();
        CREATE TRIGGER receipt_paper_stays BEFORE DELETE OR TRUNCATE ON receipt_paper FOR EACH STATEMENT EXECUTE FUNCTION receipt_is_insert_only();

        CREATE FUNCTION receipt_series_counts_up() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'INSERT' AND NEW.last_number <> 1 OR TG_OP = 'UPDATE' AND (NEW.last_number <> OLD.last_number + 1
                OR (NEW.id, NEW.tax_code, NEW.form, NEW.symbol, NEW.year) IS DISTINCT FROM (OLD.id, OLD.tax_code, OLD.form, OLD.symbol, OLD.year)) THEN
                RAISE EXCEPTION 'receipt series % counts up one by one', NEW.id USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER receipt_series_counts_up BEFORE INSERT OR UPDATE ON receipt_series FOR EACH ROW EXECUTE FUNCTION receipt_series_counts_up();

        CREATE FUNCTION receipt_number_is_used() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM receipt WHERE series_id = NEW.id AND number = NEW.last_number) THEN
                RAISE EXCEPTION 'number % of receipt series % has no receipt', NEW.last_number, NEW.id USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        END $$;
        CREATE CONSTRAINT TRIGGER receipt_number_is_used AFTER INSERT OR UPDATE ON receipt_series DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION receipt_number_is_used();

        CREATE FUNCTION receipt_number_was_given() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.number IS NOT NULL AND NOT EXISTS (SELECT 1 FROM receipt_series WHERE id = NEW.series_id AND year = NEW.year AND NEW.number BETWEEN 1 AND last_number) THEN
                RAISE EXCEPTION 'number % was not given by receipt series %', NEW.number, NEW.series_id USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER receipt_number_was_given BEFORE INSERT ON receipt FOR EACH ROW EXECUTE FUNCTION receipt_number_was_given();
        """;

    public const string Down = """
        DROP FUNCTION receipt_is_insert_only() CASCADE;
        DROP FUNCTION receipt_series_counts_up() CASCADE;
        DROP FUNCTION receipt_number_is_used() CASCADE;
        DROP FUNCTION receipt_number_was_given() CASCADE;
        """;
}
