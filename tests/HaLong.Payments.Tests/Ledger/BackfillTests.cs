using HaLong.Payments.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace HaLong.Payments.Tests.Ledger;

/// <summary>A database from before the ledger gets its bookings when it is migrated.</summary>
public sealed class BackfillTests(PaymentFixture fixture) : IClassFixture<PaymentFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_settled_and_what_paid_nothing_is_booked_and_older_requests_go_on_counting()
    {
        await fixture.QueryAsync(async db =>
        {
            var migrator = db.GetService<IMigrator>();
            await migrator.MigrateAsync("Initial", Ct);
            await db.Database.ExecuteSqlRawAsync(Past, Ct);
            await migrator.MigrateAsync(cancellationToken: Ct);
            return true;
        });

        var lines = await fixture.QueryAsync(db => db.Journal.AsNoTracking().SelectMany(e => e.Lines).ToListAsync(Ct));
        Assert.Equal(
            [
                ("bank:970436:001", 90_000L), ("bank:970436:001", 150_000L), ("due:970436:001:lePhi", -110_000L), ("due:970436:001:phi", -40_000L),
                ("suspense:970436:001", -90_000L),
            ],
            lines.Select(l => (l.Account, l.Amount)).OrderBy(l => l.Account, StringComparer.Ordinal).ThenBy(l => l.Amount));
        var entries = await fixture.QueryAsync(db => db.Journal.AsNoTracking().OrderBy(e => e.Kind).ToListAsync(Ct));
        Assert.Equal([("settlement", new DateOnly(2026, 11, 21)), ("unmatched", new DateOnly(2026, 11, 20))], entries.Select(e => (e.Kind, e.BookedOn)));
        Assert.Equal(
            [("pending", 1), ("settled", 2)],
            await fixture.QueryAsync(async db => (await db.Payments.AsNoTracking().OrderBy(p => p.Reference).ToListAsync(Ct))
                .ConvertAll(p => (Words.Of(p.State), p.Sequence))));
    }

    // Eight in the evening in universal time is the next day in Hạ Long.
    private const string Past = """
        INSERT INTO payment_request (id, dossier_id, dossier_code, procedure_code, unit_code, owner_id, actor_id, channel, moment, reference, amount,
          beneficiary_bin, beneficiary_account, beneficiary_name, beneficiary_assumed, state, created_at, expires_at, settled_at, notice_id, attempt_count)
        VALUES
          ('00000000-0000-0000-0000-000000000001', gen_random_uuid(), 'c', '1.013978', '06658', gen_random_uuid(), gen_random_uuid(), 'online', 'atFiling', 'HL0000000001', 150000,
           '970436', '001', 'N', true, 'pending', now(), now(), null, null, 0),
          ('00000000-0000-0000-0000-000000000002', gen_random_uuid(), 'c', '1.013978', '06658', gen_random_uuid(), gen_random_uuid(), 'online', 'atFiling', 'HL0000000002', 150000,
           '970436', '001', 'N', true, 'settled', now(), now(), now(), '00000000-0000-0000-0000-00000000000a', 1);
        INSERT INTO payment_item (payment_id, line, kind, name_vi, amount, assumed) VALUES
          ('00000000-0000-0000-0000-000000000002', 1, 'lePhi', 'a', 100000, true), ('00000000-0000-0000-0000-000000000002', 2, 'phi', 'b', 40000, true),
          ('00000000-0000-0000-0000-000000000002', 3, 'lePhi', 'c', 10000, true), ('00000000-0000-0000-0000-000000000002', 4, 'duty', 'd', 0, true);
        INSERT INTO bank_notice (id, provider, event_id, payload_hash, raw_body, original, amount, account, bin, remittance, booked_at, received_at) VALUES
          ('00000000-0000-0000-0000-00000000000a', 'lab', 'a', '', '', true, 150000, '001', '970436', '', now(), now()),
          ('00000000-0000-0000-0000-00000000000b', 'lab', 'b', '', '', true, 90000, '001', '970436', '', now(), now()),
          ('00000000-0000-0000-0000-00000000000c', 'lab', 'b', 'x', '', false, 90000, '001', '970436', '', now(), now());
        INSERT INTO bank_notice_handling (notice_id, state, reason, payment_id, decided_at) VALUES
          ('00000000-0000-0000-0000-00000000000a', 'settled', null, '00000000-0000-0000-0000-000000000002', '2026-11-20T20:00:00Z'),
          ('00000000-0000-0000-0000-00000000000b', 'mismatched', 'wrongAmount', '00000000-0000-0000-0000-000000000001', '2026-11-20T03:00:00Z'),
          ('00000000-0000-0000-0000-00000000000c', 'mismatched', 'alteredNotice', null, '2026-11-20T03:00:00Z');
        """;
}
