using System.Security.Cryptography;
using HaLong.Identity.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

// Tables and columns are those registered in code; every value is a parameter.
#pragma warning disable EF1002

namespace HaLong.Identity.Keys;

/// <summary>
/// Moves what is sealed under an older data key to the one in force, row by row, while the service serves. It keeps no state of its own: a box
/// says which key it is under, so a run that was killed is taken up by the next, here or at another replica, and several share the work.
/// </summary>
internal sealed partial class Reencryption(
    IdentityDbContext db, FieldVault vault, DataKeyRing ring, IEnumerable<SealedField> fields, KeyInstruments instruments, IOptions<KeyOptions> options,
    TimeProvider time, ILogger<Reencryption> logger)
{
    /// <summary>One pass over everything; returns how many boxes are left under other keys, which is more than none while others hold rows.</summary>
    public async Task<long> RunAsync(CancellationToken ct)
    {
        var current = (await ring.ReadAsync(ct)).Field;
        var remaining = 0L;
        foreach (var field in fields)
        {
            await MoveAsync(field, FieldVault.Header(current), ct);
            var left = await CountAsync(field, $"substring({field.Column} FROM 1 FOR {FieldVault.HeaderSize}) <> {{0}}", FieldVault.Header(current), ct);
            instruments.Remaining(Name(field), left);
            remaining += left;
        }

        await DestroyUnusedAsync(ct);
        return remaining;
    }

    private async Task MoveAsync(SealedField field, byte[] header, CancellationToken ct)
    {
        var after = Guid.Empty;
        var id = KeyColumn(field);
        while (true)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // Rows that somebody is writing or moving at this moment are left to the next pass.
            var rows = await db.Database.SqlQueryRaw<Box>($$"""
                SELECT {{id}} AS id, {{field.Column}} AS content FROM {{field.Table}}
                WHERE {{id}} > {0} AND substring({{field.Column}} FROM 1 FOR {{FieldVault.HeaderSize}}) <> {1} ORDER BY {{id}} LIMIT {2} FOR UPDATE SKIP LOCKED
                """, after, header, field.Batch).ToListAsync(ct);
            if (rows.Count == 0)
                return;
            var moved = rows.Select(r => (r.Id, Content: Reseal(field, r))).Where(r => r.Content is not null).ToList();
            await db.Database.ExecuteSqlRawAsync($$"""
                UPDATE {{field.Table}} t SET {{field.Column}} = v.content FROM unnest({0}, {1}) AS v(id, content) WHERE t.{{id}} = v.id
                """, [moved.Select(r => r.Id).ToArray(), moved.Select(r => r.Content!).ToArray()], ct); // Filtered above.
            await transaction.CommitAsync(ct);
            instruments.Moved(Name(field), moved.Count);
            after = rows[^1].Id;
        }
    }

    private byte[]? Reseal(SealedField field, Box box)
    {
        var row = box.Id.ToString();
        try
        {
            return vault.Seal(field.Purpose, row, vault.Open(field.Purpose, row, box.Content));
        }
        catch (CryptographicException e)
        {
            LogUnreadable(logger, Name(field), box.Id, e);
            instruments.Unreadable(Name(field));
            return null;
        }
    }

    /// <summary>
    /// Destroys retired keys that no box names. Not at once after their retirement: until <c>Keys:DestroyAfter</c> another replica may still
    /// be writing a box that it sealed before it heard of the new key.
    /// </summary>
    private async Task DestroyUnusedAsync(CancellationToken ct)
    {
        var retiredBefore = time.GetUtcNow() - options.Value.DestroyAfter;
        foreach (var key in await db.DataKeys.Where(k => k.Use == DataKey.Field && k.DestroyedAt == null && k.RetiredAt < retiredBefore).ToListAsync(ct))
        {
            var used = false;
            foreach (var field in fields)
                used |= await CountAsync(field, $"substring({field.Column} FROM 1 FOR {FieldVault.HeaderSize}) = {{0}}", FieldVault.Header(key.Id), ct) > 0;
            if (used)
                continue;
            key.Destroy(time.GetUtcNow());
            await db.SaveChangesAsync(ct);
            LogDestroyed(logger, key.Id);
        }
    }

    private Task<long> CountAsync(SealedField field, string condition, byte[] header, CancellationToken ct) => db.Database
        .SqlQueryRaw<long>($$"""SELECT count(*) AS "Value" FROM {{field.Table}} WHERE {{condition}}""", header).SingleAsync(ct);

    private string KeyColumn(SealedField field) =>
        db.Model.GetEntityTypes().Single(e => e.GetTableName() == field.Table).FindPrimaryKey()!.Properties.Single().GetColumnName(); // Every table of ours has a key.

    private static string Name(SealedField field) => $"{field.Table}.{field.Column}";

    private sealed record Box(Guid Id, byte[] Content);

    [LoggerMessage(602, LogLevel.Error, "{Field} of row {Id} opens with no key: it was changed or moved outside the service")]
    private static partial void LogUnreadable(ILogger logger, string field, Guid id, Exception e);

    [LoggerMessage(603, LogLevel.Information, "Data key {Id} is used by nothing any more and was destroyed")]
    private static partial void LogDestroyed(ILogger logger, Guid id);
}
