using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Domain;

/// <summary>
/// A version of a procedure on its way to the public: draft → review → approved → published. Whoever wrote any of it neither approves nor
/// publishes it.
/// </summary>
internal sealed class ProcedureDraft
{
    public Guid Id { get; init; }
    public required string Code { get; init; }
    public string State { get; private set; } = DraftState.Draft;
    public required string Content { get; set; }
    public required string ContentHash { get; set; }

    /// <summary>The version it was made from; what is published must still follow on it.</summary>
    public Guid? BasedOn { get; private set; }

    /// <summary>True when it ends the procedure (bãi bỏ) instead of changing it.</summary>
    public bool Repeal { get; init; }

    /// <summary>Planned first and last day; those of the publication count.</summary>
    public DateOnly? ValidFrom { get; private set; }
    public DateOnly? ValidTo { get; private set; }

    /// <summary>What changes and why.</summary>
    public string? Note { get; private set; }

    /// <summary>The import it came with.</summary>
    public Guid? ImportId { get; init; }

    /// <summary>Everybody who wrote some of it.</summary>
    public List<Guid> Editors { get; private set; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>Who approved it.</summary>
    public Guid? ApprovedBy { get; private set; }
    public Guid? PublishedBy { get; private set; }

    /// <summary>Why it was given back or withdrawn.</summary>
    public string? Reason { get; private set; }

    /// <summary>The version it became.</summary>
    public Guid? VersionId { get; private set; }
    public uint Version { get; private set; }

    public static ProcedureDraft Open(Guid id, string code, DraftText text, DraftTerms terms, bool repeal, Guid? import, Guid editor, DateTimeOffset now)
    {
        var draft = new ProcedureDraft { Id = id, Code = code, Content = text.Json, ContentHash = text.Hash, Repeal = repeal, ImportId = import, CreatedAt = now };
        draft.Write(text, terms, editor, now);
        return draft;
    }

    public Result Edit(DraftText text, DraftTerms terms, Guid editor, DateTimeOffset now)
    {
        if (State != DraftState.Draft)
            return WrongState();
        Write(text, terms, editor, now);
        return Result.Success;
    }

    /// <summary>The editors have done their part.</summary>
    public Result Submit(DateTimeOffset now) => Move(DraftState.Review, now, DraftState.Draft);

    /// <summary>Back to the editors, with the reason; the editors may take it back themselves.</summary>
    public Result Return(string reason, DateTimeOffset now)
    {
        var moved = Move(DraftState.Draft, now, DraftState.Review, DraftState.Approved);
        if (moved.IsSuccess)
            (Reason, ApprovedBy) = (reason, null);
        return moved;
    }

    public Result Approve(Guid reviewer, DateTimeOffset now)
    {
        if (State == DraftState.Review && Editors.Contains(reviewer))
            return CatalogueErrors.FourEyes;
        var moved = Move(DraftState.Approved, now, DraftState.Review);
        if (moved.IsSuccess)
            ApprovedBy = reviewer;
        return moved;
    }

    /// <summary>Why this administrator cannot publish it; null when he can.</summary>
    public Error? WhyNotPublish(Guid publisher) =>
        State != DraftState.Approved ? WrongState() : Editors.Contains(publisher) ? CatalogueErrors.FourEyes : null;

    public Result Publish(Guid publisher, Guid versionId, DateOnly from, DateOnly? to, DateTimeOffset now)
    {
        if (WhyNotPublish(publisher) is { } error)
            return error;
        (PublishedBy, VersionId, ValidFrom, ValidTo) = (publisher, versionId, from, to);
        return Move(DraftState.Published, now, DraftState.Approved);
    }

    public Result Withdraw(string reason, DateTimeOffset now)
    {
        var moved = Move(DraftState.Withdrawn, now, DraftState.Draft, DraftState.Review, DraftState.Approved);
        if (moved.IsSuccess)
            Reason = reason;
        return moved;
    }

    private void Write(DraftText text, DraftTerms terms, Guid editor, DateTimeOffset now)
    {
        (Content, ContentHash) = (text.Json, text.Hash);
        (BasedOn, ValidFrom, ValidTo, Note) = (terms.BasedOn, terms.ValidFrom, terms.ValidTo, terms.Note);
        if (!Editors.Contains(editor))
            Editors = [.. Editors, editor];
        UpdatedAt = now;
    }

    private Result Move(string to, DateTimeOffset now, params string[] from)
    {
        if (!from.Contains(State))
            return WrongState();
        (State, UpdatedAt) = (to, now);
        return Result.Success;
    }

    private Error WrongState() => CatalogueErrors.WrongDraftState.Format(DraftState.NameVi(State), State);
}

/// <summary>Content of a draft with its hash.</summary>
internal sealed record DraftText(string Json, string Hash);

/// <summary>What a draft is made from and when it is to be valid.</summary>
internal sealed record DraftTerms(Guid? BasedOn, DateOnly? ValidFrom, DateOnly? ValidTo, string? Note);

/// <summary>States of a draft.</summary>
internal static class DraftState
{
    public const string Draft = "draft";
    public const string Review = "review";
    public const string Approved = "approved";
    public const string Published = "published";
    public const string Withdrawn = "withdrawn";

    public static string NameVi(string state) => state switch
    {
        Draft => "đang soạn",
        Review => "chờ thẩm định",
        Approved => "đã phê duyệt",
        Published => "đã công bố",
        _ => "đã rút",
    };
}
