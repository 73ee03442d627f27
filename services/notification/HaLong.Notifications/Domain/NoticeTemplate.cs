using HaLong.Notifications.Templates;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Domain;

internal enum TemplateState
{
    /// <summary>Being written; may be incomplete.</summary>
    Draft,

    /// <summary>Written; somebody else has to read it.</summary>
    InReview,

    /// <summary>In force from its date on, until a later version is.</summary>
    Published,

    /// <summary>Taken out of force; the version before it counts again.</summary>
    Retired,
}

/// <summary>
/// The texts of one kind of notice: a draft on its way to publication, or a version. A version never changes: messages say from which one they
/// were written. Whoever wrote any of a draft does not publish it.
/// </summary>
internal sealed class NoticeTemplate
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    /// <summary>From 1 without gaps within its kind; null until it is published.</summary>
    public int? Number { get; private set; }

    public TemplateState State { get; private set; }

    /// <summary>Texts as JSON.</summary>
    public required string Content { get; set; }

    /// <summary>SHA-256 of the content, lower-case hex.</summary>
    public required string ContentHash { get; set; }

    /// <summary>True for what came with the program, false for what administrators wrote.</summary>
    public bool Shipped { get; init; }

    /// <summary>The version that a draft was made from: what is published must still follow on it.</summary>
    public int? BasedOn { get; private set; }

    /// <summary>What changes and why.</summary>
    public string? Note { get; private set; }

    /// <summary>Why it was given back or taken out of force.</summary>
    public string? Reason { get; private set; }

    /// <summary>Everybody who wrote some of it.</summary>
    public List<Guid> Editors { get; private set; } = [];

    /// <summary>Who read and published it.</summary>
    public Guid? ReviewedBy { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public DateTimeOffset? SubmittedAt { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    /// <summary>Messages are written from it from then on.</summary>
    public DateTimeOffset? ValidFrom { get; private set; }

    public DateTimeOffset? RetiredAt { get; private set; }

    public uint Revision { get; private set; }

    /// <summary>A text that came with the program: in force at once, read by who released the program.</summary>
    public static NoticeTemplate OfProgram(string kind, int number, TemplateText text, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Kind = kind,
        Number = number,
        State = TemplateState.Published,
        Content = text.Json,
        ContentHash = text.Hash,
        Shipped = true,
        CreatedAt = now,
        UpdatedAt = now,
        PublishedAt = now,
        ValidFrom = now,
    };

    public static NoticeTemplate Open(string kind, TemplateText text, int? basedOn, string? note, Guid editor, DateTimeOffset now)
    {
        var draft = new NoticeTemplate { Id = Guid.CreateVersion7(now), Kind = kind, Content = text.Json, ContentHash = text.Hash, CreatedAt = now };
        draft.Write(text, basedOn, note, editor, now);
        return draft;
    }

    public Result Edit(TemplateText text, int? basedOn, string? note, Guid editor, DateTimeOffset now)
    {
        if (State != TemplateState.Draft)
            return WrongState();
        Write(text, basedOn ?? BasedOn, note, editor, now);
        return Result.Success;
    }

    /// <summary>The editors have done their part.</summary>
    public Result Submit(DateTimeOffset now)
    {
        if (State != TemplateState.Draft)
            return WrongState();
        (State, UpdatedAt, SubmittedAt, Reason) = (TemplateState.InReview, now, now, null);
        return Result.Success;
    }

    /// <summary>Back to the editors, with the reason; an editor may take it back too.</summary>
    public Result Return(string reason, DateTimeOffset now)
    {
        if (State != TemplateState.InReview)
            return WrongState();
        (State, UpdatedAt, SubmittedAt, Reason) = (TemplateState.Draft, now, null, reason);
        return Result.Success;
    }

    /// <summary>Makes it a version.</summary>
    /// <param name="reviewer">Who read it; none of its editors.</param>
    /// <param name="latest">Number of the latest version there is; null for none.</param>
    /// <param name="from">In force from then on; now or later.</param>
    /// <param name="now">The moment.</param>
    public Result Publish(Guid reviewer, int? latest, DateTimeOffset from, DateTimeOffset now)
    {
        if (State != TemplateState.InReview)
            return WrongState();
        if (Editors.Contains(reviewer))
            return TemplateErrors.FourEyes;
        if (BasedOn != latest)
            return TemplateErrors.BaseMoved;
        if (from < now)
            return TemplateErrors.InThePast;
        (State, Number, ReviewedBy, UpdatedAt, PublishedAt, ValidFrom) = (TemplateState.Published, (latest ?? 0) + 1, reviewer, now, now, from);
        return Result.Success;
    }

    /// <summary>Takes a version out of force.</summary>
    public Result Retire(string reason, DateTimeOffset now)
    {
        if (State != TemplateState.Published)
            return WrongState();
        (State, Reason, UpdatedAt, RetiredAt) = (TemplateState.Retired, reason, now, now);
        return Result.Success;
    }

    private void Write(TemplateText text, int? basedOn, string? note, Guid editor, DateTimeOffset now)
    {
        (Content, ContentHash, BasedOn, Note, UpdatedAt) = (text.Json, text.Hash, basedOn, note, now);
        if (!Editors.Contains(editor))
            Editors = [.. Editors, editor];
    }

    private Error WrongState() => TemplateErrors.WrongState.Format(
        State switch
        {
            TemplateState.Draft => "đang soạn",
            TemplateState.InReview => "chờ duyệt",
            TemplateState.Published => "đã công bố",
            _ => "đã thôi áp dụng",
        },
        Words.Of(State));
}

/// <summary>Content of a template with its hash.</summary>
internal sealed record TemplateText(string Json, string Hash);
