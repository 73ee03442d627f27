using HaLong.Portal.Api;
using HaLong.Portal.Design;

namespace HaLong.Portal.Dossiers;

/// <summary>A document of the visitor's own store.</summary>
/// <param name="Kind">result or component.</param>
/// <param name="State">valid, expired, replaced, withdrawn or refused.</param>
/// <param name="ReuseCount">In how many dossiers it was used again.</param>
public sealed record StoredDocument(
    Guid Id, Guid DossierId, string Code, string Kind, string? Name, string ProcedureName, string FileName, DateTimeOffset IssuedAt, string State, DateOnly? ValidUntil,
    int ReuseCount);

/// <summary>The store as it was asked for.</summary>
public sealed record DocumentsModel(string? Kind, string? Q, string Href, Answer<Listed<StoredDocument>> Answer);

/// <summary><c>/documents</c>: results and papers of earlier dossiers, to download, to prove and to use again.</summary>
internal static class DocumentPages
{
    private const int PageSize = 20;

    public static async Task<IResult> GetAsync(string? kind, string? q, string? after, ApiClient api, HttpContext context, CancellationToken ct)
    {
        kind = kind is "result" or "component" ? kind : null;
        q = q?.Trim() is { Length: > 0 } words ? words[..Math.Min(words.Length, 100)] : null;
        var answer = await api.GetAsync<Listed<StoredDocument>>(
            Query.Of("me/documents", ("limit", $"{PageSize}"), ("kind", kind), ("search", q), ("after", after)), ct);
        return Instead.Of(answer, context)
            ?? Pages.Of<Documents>(new DocumentsModel(kind, q, Query.Of("/documents", ("kind", kind), ("q", q)), answer));
    }
}
