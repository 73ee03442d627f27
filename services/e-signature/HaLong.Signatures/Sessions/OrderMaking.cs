using System.Collections.Concurrent;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Pdf;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Sessions;

/// <summary>One document that one signer is to sign.</summary>
internal sealed record Pick(SigningSession Session, SessionSigner Signer, SessionDocument Document);

/// <summary>What an order is made for.</summary>
/// <param name="Provider">Where.</param>
/// <param name="Account">Who.</param>
/// <param name="Credential">With what.</param>
/// <param name="Evidence">What goes into each file to check the signature later; null when the signer's status cannot be learned.</param>
/// <param name="Batch">The batch that it belongs to.</param>
internal sealed record OrderTarget(string Provider, Guid Account, ProviderCredential Credential, ValidationData? Evidence, Guid? Batch = null);

/// <summary>Prepares the revisions of an order and adds it, under the locks of its sessions. Nobody outside hears of it yet.</summary>
internal sealed class OrderMaking(SignatureDbContext db, SessionContents contents, IOptions<SessionOptions> options, TimeProvider time)
{
    /// <summary>Files that are parsed and hashed at one time, of 50 MB each.</summary>
    private const int AtATime = 2;

    /// <summary>SHA-256 of what each signer was shown.</summary>
    public async Task<ILookup<Guid, string>> ShownAsync(IReadOnlyCollection<Guid> signers, CancellationToken ct)
    {
        var shown = await db.Set<SigningEvent>().Where(e => e.Step == CeremonyStep.Viewed && e.SignerId != null && signers.Contains(e.SignerId.Value))
            .Select(e => new { e.SignerId, e.Sha256 }).Distinct().ToListAsync(ct);
        return shown.ToLookup(s => s.SignerId.GetValueOrDefault(), s => s.Sha256);
    }

    /// <summary>One query for all files; by document, a revision or why there is none.</summary>
    public async Task<IReadOnlyDictionary<Guid, Result<StoredSignature>>> PrepareAsync(IReadOnlyCollection<Pick> picks, OrderTarget target,
        CancellationToken ct)
    {
        var byDocument = picks.ToDictionary(p => p.Document.Id);
        var prepared = new ConcurrentDictionary<Guid, Result<StoredSignature>>();
        var now = time.GetUtcNow();
        await Parallel.ForEachAsync(contents.StreamAsync(byDocument.Keys, ct), new ParallelOptions
        {
            MaxDegreeOfParallelism = AtATime,
            CancellationToken = ct
        },
            (file, _) =>
            {
                prepared[file.DocumentId] = SessionRevision.Prepare(file.Whole, target, byDocument[file.DocumentId], now);
                return ValueTask.CompletedTask;
            });
        foreach (var missing in byDocument.Keys.Where(d => !prepared.ContainsKey(d)))
            prepared[missing] = SessionErrors.ContentDeleted;
        return prepared;
    }

    /// <summary>Adds an order for documents that were prepared, and gives them to it. The caller saves.</summary>
    public SigningOrder Add(Guid id, OrderTarget target, IReadOnlyList<Pick> picks, IReadOnlyDictionary<Guid, Result<StoredSignature>> prepared, string actor)
    {
        var now = time.GetUtcNow();
        var until = now.AddSeconds(options.Value.HoldSeconds);
        var credential = target.Credential;
        var order = SigningOrder.Prepare(id, target.Account, target.Provider, credential.Id, credential.Algorithm.Oid, credential.Chain, now, until,
            now.AddSeconds(options.Value.LeaseSeconds), target.Batch);
        foreach (var (pick, i) in picks.Select((p, i) => (p, i)))
        {
            var stored = prepared[pick.Document.Id].Value;
            order.Items.Add(SigningItem.Of(id, i + 1, pick.Session, pick.Signer, pick.Document, stored.Prepared, stored.Hash));
        }

        foreach (var group in picks.GroupBy(p => (p.Session, p.Signer)))
            group.Key.Session.Begin(group.Key.Signer, [.. group.Select(p => p.Document)], id, until, actor, now);
        db.Add(order);
        return order;
    }
}
