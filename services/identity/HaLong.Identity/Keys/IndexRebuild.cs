using HaLong.Identity.Organisations;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Keys;

/// <summary>
/// Computes the blind index under a coming index key beside the one in use, in batches; when every account has it, it takes over in one
/// transaction. Look-up and the uniqueness of personal numbers hold at every moment.
/// </summary>
internal sealed partial class IndexRebuild(
    IdentityDbContext db, PersonalNumbers numbers, DataKeyRing ring, IOptions<KeyOptions> options, TimeProvider time, ILogger<IndexRebuild> logger)
{
    private const int Batch = 200;

    /// <summary>
    /// Part of <c>migrate</c>: refuses an index under a key that is no longer in force, from a process that has not heard of the change yet.
    /// The caller is told to try again, and by then knows better.
    /// </summary>
    public static Task InstallGuardAsync(IdentityDbContext db, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(
        """
        CREATE OR REPLACE FUNCTION check_account_index() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.personal_number_index IS NOT NULL AND NEW.personal_number_index_version <>
                (SELECT version FROM data_key WHERE use = 'index' AND activated_at IS NOT NULL AND retired_at IS NULL) THEN
                RAISE EXCEPTION 'the index key has changed' USING ERRCODE = '40001';
            END IF;
            RETURN NEW;
        END $$;
        CREATE OR REPLACE TRIGGER check_account_index BEFORE INSERT OR UPDATE OF personal_number_index, personal_number_index_version ON account
            FOR EACH ROW EXECUTE FUNCTION check_account_index();
        """, ct);

    /// <summary>True when no index key is on its way any more.</summary>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        if ((await ring.ReadAsync(ct)).NextIndex is not { } next)
            return true;
        while (await ComputeAsync(next, ct) > 0)
            ct.ThrowIfCancellationRequested();
        // Until then a replica may exist that does not look for the change at every use.
        var begun = await db.DataKeys.Where(k => k.Use == DataKey.Index && k.Version == next.Version).Select(k => k.CreatedAt).SingleAsync(ct);
        return time.GetUtcNow() - begun >= options.Value.StaleAfter * 2 && await TakeOverAsync(next.Version, ct);
    }

    private async Task<int> ComputeAsync(IndexKey next, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // A number without an index is that of an account closed for good: it has given it up and must not get one back.
        var rows = await db.Database.SqlQuery<Row>($"""
            SELECT id, sealed_personal_number AS content FROM account
            WHERE personal_number_index IS NOT NULL AND personal_number_next_index IS NULL ORDER BY id LIMIT {Batch} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        var ids = rows.Select(r => r.Id).ToArray();
        // A box that opens stays openable; one that does not stops the rotation here, where somebody sees it.
        var indexes = rows.Select(r => PersonalNumbers.IndexOf(next, numbers.Open(r.Id, r.Content)
            ?? throw new InvalidOperationException($"Account {r.Id} holds no personal number in its box."))).ToArray();
        await db.Database.ExecuteSqlAsync($"""
            UPDATE account a SET personal_number_next_index = v.content FROM unnest({ids}, {indexes}) AS v(id, content) WHERE a.id = v.id
            """, ct);
        await transaction.CommitAsync(ct);
        return rows.Count;
    }

    private async Task<bool> TakeOverAsync(int version, CancellationToken ct)
    {
        await using var transaction = await db.LockSeedingAsync(ct);
        await db.Database.ExecuteSqlAsync($"LOCK TABLE account IN SHARE ROW EXCLUSIVE MODE", ct);
        if (await db.Accounts.AnyAsync(a => a.PersonalNumberIndex != null && a.PersonalNumberNextIndex == null, ct))
            return false;
        if (await IsHeldAsync(ct))
            return false;
        var now = time.GetUtcNow();
        var keys = await db.DataKeys.Where(k => k.Use == DataKey.Index && k.DestroyedAt == null).ToListAsync(ct);
        if (keys.SingleOrDefault(k => k.Version == version) is not { ActivatedAt: null } next)
            return true;
        keys.Single(k => k.IsInForce).Destroy(now);
        await db.SaveChangesAsync(ct);
        next.ActivatedAt = now;
        await db.SaveChangesAsync(ct);
        await db.Database.ExecuteSqlAsync($"""
            UPDATE account SET personal_number_index = personal_number_next_index, personal_number_index_version = {version}, personal_number_next_index = NULL
            WHERE personal_number_next_index IS NOT NULL
            """, ct);
        await transaction.CommitAsync(ct);
        await ring.ReadAsync(ct);
        LogTakenOver(logger, version);
        return true;
    }

    /// <summary>
    /// Invitations of people who may have no account yet, and assisted sessions under way, know somebody only by the index: it cannot be computed
    /// anew without the number, so the change waits until they are over.
    /// </summary>
    private async Task<bool> IsHeldAsync(CancellationToken ct)
    {
        var invitations = await db.Delegations.CountAsync(d => d.InvitedIndex != null && d.DelegateId == null && d.EndedAt == null && d.AnsweredAt == null, ct)
            + await db.Representatives.CountAsync(r => r.InvitedIndex != null && r.AccountId == null && r.State == RepresentativeState.Invited, ct);
        var sessions = await db.AssistedSessions.CountAsync(s => s.EndedAt == null, ct);
        if (invitations + sessions > 0)
            LogHeld(logger, invitations, sessions);
        return invitations + sessions > 0;
    }

    private sealed record Row(Guid Id, byte[] Content);

    [LoggerMessage(606, LogLevel.Information, "The new index key waits for {Invitations} invitations and {Sessions} assisted sessions to be over")]
    private static partial void LogHeld(ILogger logger, int invitations, int sessions);

    [LoggerMessage(604, LogLevel.Information, "The blind index of personal numbers is that of index key {Version} from now on; the key before is destroyed")]
    private static partial void LogTakenOver(ILogger logger, int version);
}
