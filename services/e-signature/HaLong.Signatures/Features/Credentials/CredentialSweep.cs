using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Pki.Persons;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Features.Credentials;

/// <summary>
/// Ends what time has ended: credentials and requests past their end, officers' credentials after their last day, orders that nobody signed;
/// and erases orders a day after. Replicas may run this at the same time: each claims its own rows.
/// </summary>
internal sealed partial class CredentialSweep(IServiceScopeFactory scopes, IOptions<CredentialOptions> options, TimeProvider time,
    CredentialTelemetry telemetry, ILogger<CredentialSweep> log) : BackgroundService
{
    private const int Batch = 100;

    public async Task RunAsync(CancellationToken ct)
    {
        while (await InTransactionAsync(ExpireAsync, ct) == Batch)
        {
        }

        while (await InTransactionAsync(WarnAsync, ct) == Batch)
        {
        }

        while (await InTransactionAsync(LapseAsync, ct) == Batch)
        {
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SignatureDbContext>();
        var (old, today) = (time.GetUtcNow() - SigningActivation.Kept, LocalTime.Date(time.GetUtcNow()));
        await db.SigningActivations.Where(a => a.Until < old && (a.State == ActivationState.Signed || a.State == ActivationState.Lapsed))
            .ExecuteDeleteAsync(ct);
        foreach (var leaver in await db.PersonCredentials.AsNoTracking().Where(c => c.AssignedUntil < today
            && (c.State == CredentialState.Active || c.State == CredentialState.Suspended)).OrderBy(c => c.Id).Take(Batch).ToListAsync(ct))
            await scope.ServiceProvider.GetRequiredService<CredentialEnds>().RevokeUnlessAssignedAsync(leaver, ct);
    }

    private async Task<int> InTransactionAsync(Func<SignatureDbContext, CredentialEnds, DateTimeOffset, CancellationToken, Task<int>> work,
        CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SignatureDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var done = await work(db, scope.ServiceProvider.GetRequiredService<CredentialEnds>(), time.GetUtcNow(), ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return done;
    }

    private static async Task<int> ExpireAsync(SignatureDbContext db, CredentialEnds ends, DateTimeOffset now, CancellationToken ct)
    {
        var ended = await db.PersonCredentials.FromSql($"""
            SELECT *, xmin FROM person_credential WHERE state IN ('Requested', 'Active', 'Suspended') AND not_after <= {now}
            ORDER BY id LIMIT {Batch} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        foreach (var credential in ended)
        {
            credential.End(CredentialState.Expired);
            ends.Record(credential, PersonCredentialMove.Expired, now);
        }

        return ended.Count;
    }

    /// <summary>Who may renew hears of it, once.</summary>
    private static async Task<int> WarnAsync(SignatureDbContext db, CredentialEnds ends, DateTimeOffset now, CancellationToken ct)
    {
        var soon = now + Credential.RenewBefore;
        var ending = await db.PersonCredentials.FromSql($"""
            SELECT *, xmin FROM person_credential c WHERE term = 'Long' AND state = 'Active' AND not_after <= {soon}
                AND NOT EXISTS (SELECT 1 FROM person_credential_change h WHERE h.credential_id = c.id AND h.move = 'EndWarned')
            ORDER BY id LIMIT {Batch} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        foreach (var credential in ending)
            ends.Record(credential, PersonCredentialMove.EndWarned, now);
        return ending.Count;
    }

    private async Task<int> LapseAsync(SignatureDbContext db, CredentialEnds ends, DateTimeOffset now, CancellationToken ct)
    {
        var lapsed = await db.SigningActivations.FromSql($"""
            SELECT * FROM signing_activation WHERE state IN ('Begun', 'Authorised') AND until <= {now} ORDER BY id LIMIT {Batch} FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        foreach (var order in lapsed)
        {
            order.Lapse();
            // Without hashes nothing was to be signed yet.
            if (order.HashesDigest is null)
                continue;
            db.Add(SigningRecord.Of(order, OrderOutcome.Expired, now));
            telemetry.Ordered("expired", order.Door.ToString());
        }

        return lapsed.Count;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Recurring.RunAsync(TimeSpan.FromSeconds(options.Value.SweepSeconds), time, RunAsync, e => Failed(log, e), stoppingToken, atOnce: true);

    [LoggerMessage(5045, LogLevel.Error, "The sweep of credentials and orders failed; tried again at the next turn")]
    private static partial void Failed(ILogger log, Exception exception);
}
