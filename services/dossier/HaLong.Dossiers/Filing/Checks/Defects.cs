using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Filing.Checks;

/// <summary>Everything that stands in the way of filing, collected so that it is told at once and never one by one.</summary>
internal sealed class Defects
{
    private readonly List<(Error Kind, FieldMessage Message)> found = [];
    private Error? unanswered;

    /// <summary>One defect.</summary>
    /// <param name="kind">What it is; its code is the answer's when nothing else is wrong.</param>
    /// <param name="field">The field that it concerns; defects of one field stand together.</param>
    /// <param name="vi">Vietnamese message.</param>
    /// <param name="en">English message.</param>
    public void Add(Error kind, string field, string vi, string en) => found.Add((kind, new FieldMessage(field, vi, en)));

    /// <summary>Every field message of a refusal; a neighbour that is down is no defect but ends the matter for now.</summary>
    public void Add(Error refusal)
    {
        if (refusal.Kind is ErrorKind.Unavailable or ErrorKind.Timeout)
            unanswered ??= refusal;
        else if (refusal.FieldMessages.Count == 0)
            Add(refusal, "dossier", refusal.Vi, refusal.En);
        else
            found.AddRange(refusal.FieldMessages.Select(m => (refusal, m)));
    }

    /// <summary>Null when nothing stands in the way.</summary>
    public Error? ToError()
    {
        if (unanswered is not null)
            return unanswered;
        if (found.Count == 0)
            return null;
        var kinds = found.Select(f => f.Kind.Code).Distinct().Count();
        return (kinds == 1 ? found[0].Kind : SubmissionErrors.Incomplete) with { FieldMessages = [.. found.Select(f => f.Message)] };
    }
}
