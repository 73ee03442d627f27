using HaLong.TestSupport;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Model;

/// <summary>What must hold of a dossier once everything about it has calmed down, whatever happened before.</summary>
internal static class Afterwards
{
    private static readonly Dictionary<string, string> FactOf = new()
    {
        ["submit"] = "DossierSubmitted",
        ["accept"] = "DossierAccepted",
        ["reject"] = "DossierNotAccepted",
        ["requestSupplement"] = "DossierSupplementRequested",
        ["supplement"] = "DossierSupplemented",
        ["requireFee"] = "DossierFeeDue",
        ["pay"] = "DossierFeePaid",
        ["payDemand"] = "DossierFeePaid",
        ["extend"] = "DossierDeadlineExtended",
        ["apologise"] = "DossierOverdue",
        ["moveDue"] = "DossierDeadlineChanged",
        ["approve"] = "DossierApproved",
        ["refuse"] = "DossierRefused",
        ["resolve"] = "DossierResultReady",
        ["replaceResult"] = "DossierResultCorrected",
        ["return"] = "DossierReturned",
        ["receive"] = "DossierReturned",
        ["stop"] = "DossierStopped",
        ["withdraw"] = "DossierWithdrawn",
    };

    /// <summary>Nothing waits for its signature, and every fact was heard.</summary>
    public static Task CalmAsync(DossierFixture dossiers, FactEar ear, params Guid[] ids) => Eventually.Async(async () =>
    {
        var all = await dossiers.InDbAsync(db => db.Dossiers.AsNoTracking().Where(d => ids.Contains(d.Id)).ToListAsync(Ct));
        return all.TrueForAll(d => !d.IsSigning && ear.Of(d.Id).Count >= d.Sequence);
    }, "every result is signed and every fact is heard", TimeSpan.FromSeconds(60));

    /// <summary>The timeline tells the state, the facts tell the timeline, each once; returns the moves.</summary>
    public static async Task<List<string>> FitsAsync(DossierFixture dossiers, FactEar ear, Guid id)
    {
        var (dossier, steps, clock) = await dossiers.InDbAsync(async db => (
            await db.Dossiers.AsNoTracking().SingleAsync(d => d.Id == id, Ct),
            await db.Timeline.AsNoTracking().Where(t => t.DossierId == id).OrderBy(t => t.Step).ToListAsync(Ct),
            await db.ClockEntries.AsNoTracking().Where(c => c.DossierId == id).OrderBy(c => c.Number).ToListAsync(Ct)));
        Assert.Equal(Enumerable.Range(1, dossier.Steps), steps.Select(s => s.Step));
        Assert.Equal("DRAFT", steps[0].FromStatus);
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.Equal(pair.First.ToStatus, pair.Second.FromStatus));
        Assert.All(steps, s => Assert.True(StatusBook.Leads(s.FromStatus, s.ToStatus), $"{s.Action} led from {s.FromStatus} to {s.ToStatus}"));
        Assert.Equal(dossier.Status, steps[^1].ToStatus);
        Assert.Contains(dossier.Status, StatusBook.States.Select(StatusBook.Shown));

        // The officer is told once, when the first one takes it up.
        var taken = steps.FindIndex(s => s.Action == "assign");
        var expected = steps.Select((s, i) => i == taken ? "DossierProcessingStarted" : FactOf.GetValueOrDefault(s.Action)).OfType<string>().ToList();
        Assert.Equal(expected.Select((name, i) => (i + 1L, name)), ear.Of(id));
        Assert.Equal(expected.Count, dossier.Sequence);

        Assert.Equal(Enumerable.Range(1, dossier.ClockEntries), clock.Select(c => c.Number));
        Assert.All(clock, c => Assert.Contains(steps, s => s.Action == c.Cause && s.At == c.At));
        return steps.ConvertAll(s => s.Action);
    }
}
