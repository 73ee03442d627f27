using System.Net;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;

namespace HaLong.Portal.Counter;

/// <summary>What the official read from the paper.</summary>
/// <param name="Typed">By field.</param>
public sealed record VerifyModel(Guid Id, string? Version, IReadOnlyDictionary<string, string> Typed, Trouble? Trouble, string Once)
{
    public string? Of(string field) => Typed.GetValueOrDefault(field);
}

/// <summary>What became of a verification.</summary>
public sealed record Verified(int Level, IReadOnlyList<string>? Corrected, bool TakenOver, IReadOnlyList<VerifyWarning>? Warnings);

/// <summary>What looks odd and may be right.</summary>
public sealed record VerifyWarning(string Message);

/// <summary>A person that was verified.</summary>
public sealed record VerifiedModel(Guid Id, Verified Verified);

/// <summary><c>/counter/people/{id}/verification</c>: the paper and the face are compared; everything that does not hold is told at once.</summary>
internal static class VerifyPages
{
    private static readonly string[] Texts = ["documentKind", "personalNumber", "fullName", "birthDate", "expiresOn", "phone", "note"], Checks = ["documentSeen", "faceCompared", "takeOver"];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/people/{id:guid}/verification", (Guid id, uint? version) =>
            Pages.Of<VerifyPerson>(new VerifyModel(id, version is { } known ? $"\"{known}\"" : null, new Dictionary<string, string>(), null, FormKey.New())));
        group.MapPost("/people/{id:guid}/verification", VerifyAsync);
    }

    private static async Task<IResult> VerifyAsync(Guid id, IFormCollection sent, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var typed = sent.Where(f => !f.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
        var body = Texts.ToDictionary(t => t, t => typed.GetValueOrDefault(t) is { Length: > 0 } text ? (object?)text.Trim() : null, StringComparer.Ordinal);
        foreach (var check in Checks)
            body[check] = typed.GetValueOrDefault(check) == "true";
        var version = typed.GetValueOrDefault("version") is { Length: > 0 } shown ? shown : null;
        var done = await api.PostAsync<Verified>($"admin/accounts/{id}/verification", body, FormKey.Of(sent["once"]), version, ct);
        return done switch
        {
            { Status: HttpStatusCode.Unauthorized } => SignInNeeded.From(context, $"/counter/people/{id}/verification"),
            { Status: HttpStatusCode.NotFound } => Pages.Of<NotFound>(StatusCodes.Status404NotFound),
            // Shown at once: where it leads would have to name what was corrected.
            { Value: { } verified } => Pages.Of<PersonVerified>(new VerifiedModel(id, verified)),
            _ => Pages.Of<VerifyPerson>(new VerifyModel(id, version, typed, done.Trouble, FormKey.New()), (int)done.Status),
        };
    }
}
