using System.Globalization;
using HaLong.Payments.Ledger;

namespace HaLong.Payments.Persistence.Schema;

/// <summary>What the database itself keeps watch over: bookings balance, stay as they are, and never fall on a closed day.</summary>
internal static class LedgerSql
{
    public static readonly string Up = string.Create(CultureInfo.InvariantCulture, $"""
        CREATE FUNCTION journal_check(entry uuid) RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
            IF (SELECT count(*) FROM journal_line WHERE entry_id = entry) < 2 OR EXISTS (
                SELECT 1 FROM journal_line WHERE entry_id = entry
                GROUP BY split_part(account, ':', 2), split_part(account, ':', 3) HAVING sum(amount) <> 0) THEN
                RAISE EXCEPTION 'journal entry % is not balanced', entry USING ERRCODE = 'check_violation';
            END IF;
        END $$;
        CREATE FUNCTION journal_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM journal_check(NEW.id); RETURN NULL; END $$;
        CREATE FUNCTION journal_line_balances() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM journal_check(NEW.entry_id); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER journal_entry_balances AFTER INSERT ON journal_entry DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION journal_entry_balances();
        CREATE CONSTRAINT TRIGGER journal_line_balances AFTER INSERT ON journal_line DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION journal_line_balances();

        CREATE FUNCTION journal_day_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock_shared({LedgerLock.Key});
            IF EXISTS (SELECT 1 FROM ledger_close WHERE day >= NEW.booked_on) THEN
                RAISE EXCEPTION 'the ledger is closed for %', NEW.booked_on USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER journal_day_is_open BEFORE INSERT ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_day_is_open();

        CREATE FUNCTION ledger_is_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME;
        END $$;
        CREATE TRIGGER journal_entry_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_insert_only();
        CREATE TRIGGER journal_line_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_line FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_insert_only();
        CREATE TRIGGER ledger_close_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_close FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_insert_only();
        CREATE TRIGGER ledger_balance_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_balance FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_insert_only();
        """);

    public const string Down = """
        DROP FUNCTION journal_entry_balances() CASCADE;
        DROP FUNCTION journal_line_balances() CASCADE;
        DROP FUNCTION journal_check(uuid);
        DROP FUNCTION journal_day_is_open() CASCADE;
        DROP FUNCTION ledger_is_insert_only() CASCADE;
        """;
}
