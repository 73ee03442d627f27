using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Drafts;

/// <summary>Keeps the revisions of drafts and gives earlier states back.</summary>
internal sealed class DraftHistory(DossierDbContext db, Caller caller, ActingRights rights, IOptions<DraftOptions> options)
{
    private const int TidyEvery = 10;

    private IQueryable<DraftRevision> Of(Guid dossierId) => db.Set<DraftRevision>().Where(r => r.DossierId == dossierId);

    /// <summary>Adds the first revision of a draft that is about to be saved.</summary>
    public void Begin(Dossier dossier) => Add(dossier, DraftDocument.Text(DraftDocument.Of(dossier)), isWhole: true, null, dossier.CreatedAt);

    /// <summary>Adds a revision, to be saved with the dossier.</summary>
    /// <param name="dossier">The draft, locked.</param>
    /// <param name="before">Its state before.</param>
    /// <param name="patch">What changed; the whole state when something is restored.</param>
    /// <param name="restoredFrom">The revision that was restored.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task AppendAsync(Dossier dossier, JsonObject before, JsonNode patch, int? restoredFrom, DateTimeOffset now, CancellationToken ct)
    {
        // Drafts that are older than revisions begin with the state they were in.
        if (dossier.DraftRevision == 0)
            Add(dossier, DraftDocument.Text(before), isWhole: true, null, dossier.UpdatedAt);
        Add(dossier, DraftDocument.Text(patch), restoredFrom is not null, restoredFrom, now);
        if (dossier.DraftRevision % TidyEvery == 0)
            await TidyAsync(dossier.Id, ct);
    }

    /// <summary>The state that a version of the row held; null when that is not known any more.</summary>
    public async Task<JsonObject?> AtVersionAsync(Guid dossierId, uint version, CancellationToken ct)
    {
        var revision = await db.Set<DraftVersion>().Where(v => v.DossierId == dossierId && v.Version == version).Select(v => (int?)v.Revision).SingleOrDefaultAsync(ct);
        return revision is { } number ? await AtRevisionAsync(dossierId, number, ct) : null;
    }

    /// <summary>The state after a revision; null when there is no such revision any more.</summary>
    public async Task<JsonObject?> AtRevisionAsync(Guid dossierId, int number, CancellationToken ct)
    {
        var start = await Of(dossierId).Where(r => r.IsWhole && r.Number <= number).MaxAsync(r => (int?)r.Number, ct);
        if (start is null)
            return null;
        var steps = await Of(dossierId).Where(r => r.Number >= start && r.Number <= number).OrderBy(r => r.Number).Select(r => new { r.Number, r.Patch }).ToListAsync(ct);
        if (steps[^1].Number != number)
            return null;
        var state = JsonNode.Parse(steps[0].Patch)!.AsObject();
        foreach (var step in steps.Skip(1))
            state = JsonInput.Merge(state, JsonElement.Parse(step.Patch))!.AsObject();
        return state;
    }

    /// <summary>Merges the oldest revisions into one when there are too many or they take too much.</summary>
    private async Task TidyAsync(Guid dossierId, CancellationToken ct)
    {
        var kept = await Of(dossierId).OrderByDescending(r => r.Number).Select(r => new { r.Number, r.Size }).ToListAsync(ct);
        var (count, size) = (0, 0L);
        while (count < kept.Count && count < options.Value.MaxRevisions && (size += kept[count].Size) <= options.Value.MaxRevisionBytes)
            count++;
        if (count == kept.Count)
            return;
        var oldest = kept[Math.Max(count - 1, 0)].Number;
        var state = DraftDocument.Text((await AtRevisionAsync(dossierId, oldest, ct))!);
        await Of(dossierId).Where(r => r.Number < oldest).ExecuteDeleteAsync(ct);
        await Of(dossierId).Where(r => r.Number == oldest).ExecuteUpdateAsync(
            s => s.SetProperty(r => r.Patch, state).SetProperty(r => r.IsWhole, true).SetProperty(r => r.Size, state.Length), ct);
        await db.Set<DraftVersion>().Where(v => v.DossierId == dossierId && v.Revision < oldest).ExecuteDeleteAsync(ct);
    }

    private void Add(Dossier dossier, string patch, bool isWhole, int? restoredFrom, DateTimeOffset at) => db.Add(new DraftRevision
    {
        DossierId = dossier.Id,
        Number = dossier.NextDraftRevision(),
        At = at,
        ActorId = caller.ActorId,
        Role = rights.Role,
        Channel = caller.Channel,
        DelegationId = caller.Delegation,
        AssistedSessionId = caller.AssistedSession,
        RestoredFrom = restoredFrom,
        Patch = patch,
        IsWhole = isWhole,
        Size = patch.Length,
    });
}
