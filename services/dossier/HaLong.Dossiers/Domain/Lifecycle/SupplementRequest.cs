using System.Text.Json;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>Stages in which a dossier can be asked to be completed; each has its own count.</summary>
internal static class SupplementStage
{
    public const string Reception = "RECEPTION";
    public const string Processing = "PROCESSING";
}

/// <summary>One thing to be supplemented: a document of a component, or a field of the form.</summary>
/// <param name="Component">Number of the component from 1; null for a field.</param>
/// <param name="Field">JSON pointer into the form's data; null for a component.</param>
/// <param name="Name">Name of the document or field, for people.</param>
/// <param name="Reason">What is wrong with it or missing, in plain words.</param>
internal sealed record SupplementItem(int? Component, string? Field, string Name, string Reason);

/// <summary>
/// One complete list of what the applicant has to supplement (form 02). By law there is one at each stage; another one needs a supervisor's
/// permission and is flagged, because it makes the dossier count as late (Decision 766/QĐ-TTg).
/// </summary>
internal sealed class SupplementRequest
{
    public Guid Id { get; init; }
    public Guid DossierId { get; init; }

    /// <summary>One of <see cref="SupplementStage"/>.</summary>
    public required string Stage { get; init; }

    /// <summary>Which of its stage, from 1.</summary>
    public int Number { get; init; }

    public string? LegalBasis { get; init; }
    public required List<SupplementItem> Items { get; init; }
    public Guid RequestedBy { get; init; }
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Until when the applicant has time.</summary>
    public DateTimeOffset Deadline { get; init; }

    /// <summary>Asked for after the days that the law gives (3 working days from receipt).</summary>
    public bool Late { get; init; }

    /// <summary>Which supervisor permitted a second or late one, and why.</summary>
    public Guid? PermittedBy { get; init; }

    public string? PermissionReason { get; init; }
    public DateTimeOffset? FulfilledAt { get; private set; }
    public Guid? FulfilledBy { get; private set; }
    public string? AnswerNote { get; private set; }

    /// <summary>Not the only one of its stage, or late: shown to whoever supervises.</summary>
    public bool Flagged => Number > 1 || Late;

    /// <summary>Everything that is still missing, at once.</summary>
    /// <param name="newDocuments">Components of the documents that came since the request.</param>
    /// <param name="answer">The fields that the applicant gives now.</param>
    public Error? Missing(IReadOnlySet<int> newDocuments, JsonElement? answer)
    {
        Error? error = null;
        foreach (var item in Items)
        {
            var there = item.Component is { } component
                ? newDocuments.Contains(component)
                : answer is { } data && FieldPointer.Find(data, item.Field!) is not null;
            if (!there)
                error = (error ?? LifecycleErrors.SupplementIncomplete).WithField(item.Component is { } c ? $"component{c}" : item.Field!, $"{item.Name}: {item.Reason}");
        }
        return error;
    }

    public void Fulfil(Guid by, string? note, DateTimeOffset now) => (FulfilledBy, AnswerNote, FulfilledAt) = (by, note, now);
}
