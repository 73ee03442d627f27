using System.Net;
using System.Text.Json.Nodes;
using HaLong.ServiceDefaults;

namespace HaLong.Portal.Api;

/// <summary>What the API said: a value, or why not.</summary>
/// <param name="Status">Its status; 503 when it could not be asked.</param>
/// <param name="Value">With success, where there is one.</param>
/// <param name="Trouble">Null with success.</param>
/// <param name="Version">Of what was read, for the next change of it.</param>
public sealed record Answer<T>(HttpStatusCode Status, T? Value, Trouble? Trouble, string? Version)
{
    public bool IsSuccess => Trouble is null;
}

/// <summary>A refusal in the words of the API: all that is wrong at once.</summary>
/// <param name="Title">For people, in their language.</param>
/// <param name="Code">For support: docs/errors.md.</param>
/// <param name="TraceId">For support.</param>
/// <param name="Errors">By field.</param>
public sealed record Trouble(string? Title, string? Code, string? TraceId, IReadOnlyDictionary<string, string[]>? Errors)
{
    /// <summary>With 412 on a merge patch: the fields that somebody else changed meanwhile, too.</summary>
    public IReadOnlyList<FieldConflict>? Conflicts { get; init; }

    public static Trouble Unreachable => new(
        Text.Bilingual("Hệ thống tạm thời gián đoạn. Hãy thử lại sau ít phút.", "The service is interrupted. Try again in a few minutes."), null, null, null);
}

/// <summary>A field that two changed.</summary>
/// <param name="Pointer">Into the whole that was patched.</param>
/// <param name="Theirs">What stands there now; null for nothing.</param>
public sealed record FieldConflict(string Pointer, JsonNode? Theirs);

/// <summary>A page of a list.</summary>
/// <param name="Items">In the order of the list.</param>
/// <param name="After">Asks for the next page; null on the last one.</param>
public sealed record Listed<T>(IReadOnlyList<T> Items, string? After);
