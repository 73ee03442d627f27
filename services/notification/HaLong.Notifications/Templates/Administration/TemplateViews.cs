using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Templates.Administration;

/// <summary>A kind of notice with where its texts stand.</summary>
/// <param name="Kind">Which notice.</param>
/// <param name="Class">urgent, status, reminder or optional.</param>
/// <param name="Variables">What its event can fill.</param>
/// <param name="ByTelephone">Whether it has words for SMS and devices.</param>
/// <param name="InForce">Version that messages are written from now; null until the program's text is in the table.</param>
/// <param name="Next">Version that is in force later.</param>
/// <param name="NextFrom">From when.</param>
/// <param name="Draft">The open draft.</param>
/// <param name="DraftState">draft or inReview.</param>
/// <param name="ProgramDiffers">The program carries another text than the one in force: an own version goes before it.</param>
internal sealed record KindView(
    string Kind, string Class, IReadOnlyList<string> Variables, bool ByTelephone, int? InForce, int? Next, DateTimeOffset? NextFrom, Guid? Draft,
    string? DraftState, bool ProgramDiffers);

/// <summary>A version in a list.</summary>
/// <param name="Version">Its number.</param>
/// <param name="State">published or retired.</param>
/// <param name="InForce">Messages are written from it now.</param>
/// <param name="Shipped">It came with the program.</param>
/// <param name="ValidFrom">In force from then on.</param>
/// <param name="PublishedAt">When it was approved.</param>
/// <param name="RetiredAt">When it was taken out of force.</param>
/// <param name="Note">What changed and why.</param>
/// <param name="Reason">Why it was given back or taken out of force.</param>
internal sealed record VersionLine(
    int Version, string State, bool InForce, bool Shipped, DateTimeOffset? ValidFrom, DateTimeOffset? PublishedAt, DateTimeOffset? RetiredAt, string? Note,
    string? Reason)
{
    public static VersionLine Of(NoticeTemplate t, int? inForce) =>
        new(t.Number ?? 0, Words.Of(t.State), t.Number == inForce, t.Shipped, t.ValidFrom, t.PublishedAt, t.RetiredAt, t.Note, t.Reason);
}

/// <summary>A version with its texts.</summary>
/// <param name="Kind">Which notice.</param>
/// <param name="Version">Its number.</param>
/// <param name="State">draft, inReview, published or retired.</param>
/// <param name="Shipped">It came with the program.</param>
/// <param name="ValidFrom">In force from then on.</param>
/// <param name="PublishedAt">When it was approved.</param>
/// <param name="RetiredAt">When it was taken out of force.</param>
/// <param name="Note">What changed and why.</param>
/// <param name="Reason">Why it was given back or taken out of force.</param>
/// <param name="Editors">Who wrote it; empty for what came with the program.</param>
/// <param name="ReviewedBy">Who read and published it.</param>
/// <param name="ContentHash">SHA-256 of the texts.</param>
/// <param name="Content">The texts.</param>
internal sealed record VersionView(
    string Kind, int Version, string State, bool Shipped, DateTimeOffset? ValidFrom, DateTimeOffset? PublishedAt, DateTimeOffset? RetiredAt, string? Note,
    string? Reason, IReadOnlyList<Guid> Editors, Guid? ReviewedBy, string ContentHash, JsonElement Content)
{
    public static VersionView Of(NoticeTemplate t) => new(
        t.Kind, t.Number ?? 0, Words.Of(t.State), t.Shipped, t.ValidFrom, t.PublishedAt, t.RetiredAt, t.Note, t.Reason, t.Editors, t.ReviewedBy, t.ContentHash,
        TemplateDesk.Json(t.Content));
}

/// <summary>A draft with its texts.</summary>
/// <param name="Id">Of the draft.</param>
/// <param name="Kind">Which notice.</param>
/// <param name="State">draft, inReview, or published once it is a version.</param>
/// <param name="Version">The version that it became.</param>
/// <param name="BasedOn">The version that it was made from.</param>
/// <param name="Note">What changed and why.</param>
/// <param name="Reason">Why it was given back.</param>
/// <param name="Editors">Who wrote any of it, and so cannot approve it.</param>
/// <param name="ReviewedBy">Who read and published it.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="SubmittedAt">When it went to review.</param>
/// <param name="ValidFrom">In force from then on.</param>
/// <param name="ContentHash">SHA-256 of the texts.</param>
/// <param name="Content">The texts.</param>
/// <param name="Defects">What has to be mended before the review.</param>
internal sealed record DraftView(
    Guid Id, string Kind, string State, int? Version, int? BasedOn, string? Note, string? Reason, IReadOnlyList<Guid> Editors, Guid? ReviewedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt, DateTimeOffset? SubmittedAt, DateTimeOffset? ValidFrom, string ContentHash, JsonElement Content, IReadOnlyList<DefectView> Defects)
{
    public static DraftView Of(NoticeTemplate t, IReadOnlyList<FieldMessage> defects) => new(
        t.Id, t.Kind, Words.Of(t.State), t.Number, t.BasedOn, t.Note, t.Reason, t.Editors, t.ReviewedBy, t.CreatedAt, t.UpdatedAt, t.SubmittedAt,
        t.ValidFrom, t.ContentHash,
        TemplateDesk.Json(t.Content), [.. defects.Select(DefectView.Of)]);
}

/// <summary>Something wrong, or worth a look, in the language of the request.</summary>
internal sealed record DefectView(string Path, string Message)
{
    public static DefectView Of(FieldMessage m) => new(m.Field, m.Message);
}
