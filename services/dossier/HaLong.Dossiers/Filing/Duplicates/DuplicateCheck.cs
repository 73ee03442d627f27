using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Filing.Checks;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Filing.Duplicates;

/// <summary>The same matter is not filed twice by mistake: the applicant sees the others and says why he files none the less.</summary>
internal sealed class DuplicateCheck(DuplicateFinder finder) : ISubmissionCheck
{
    public const int MaxReason = 500;

    public async Task CheckAsync(FilingCase filing, Defects defects, CancellationToken ct)
    {
        if (filing.Request.ConfirmDuplicate is true && !HasReason(filing.Request))
        {
            var error = SubmissionErrors.DuplicateReason.Format(MaxReason);
            defects.Add(error, "duplicateReason", error.Vi, error.En);
        }
        else if (await finder.FindAsync(filing.Dossier, DuplicateFinder.KeyOf(filing.Dossier), filing.Now, ct) is { Count: > 0 } others && filing.Request.ConfirmDuplicate is not true)
            Tell(others, defects);
    }

    /// <summary>In the transaction of the filing: remembers what the dossier is about, and the decision where there are others.</summary>
    public async Task<Result> DecideAsync(FilingCase filing, Guid actor, CancellationToken ct)
    {
        var key = DuplicateFinder.KeyOf(filing.Dossier);
        await finder.TakeTurnAsync(filing.Dossier, key, ct);
        var others = await finder.FindAsync(filing.Dossier, key, filing.Now, ct);
        if (others.Count > 0 && filing.Request.ConfirmDuplicate is not true)
        {
            var defects = new Defects();
            Tell(others, defects);
            return defects.ToError()!;
        }
        filing.Dossier.AboutMatter(key, others.Count == 0 ? null : new DuplicateDecision(filing.Request.DuplicateReason!.Trim(), actor, filing.Now, others));
        return Result.Success;
    }

    private static bool HasReason(SubmissionRequest request) => request.DuplicateReason?.Trim() is { Length: > 0 and <= MaxReason } reason && JsonInput.IsStorable(reason);

    private static void Tell(List<SameMatter> others, Defects defects)
    {
        foreach (var other in others)
        {
            var day = LocalTime.Date(other.SubmittedAt);
            defects.Add(SubmissionErrors.Duplicate, "duplicates", $"{other.Code}, nộp ngày {day:dd/MM/yyyy}", $"{other.Code}, filed on {day:yyyy-MM-dd}");
        }
    }
}
