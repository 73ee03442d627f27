using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.PartnerLab.Dials;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.Signing;

/// <summary>A remote signing service that speaks the CSC API v2, with the faults that the dials ask for.</summary>
internal sealed class CscEndpoints(SigningPeople people, CscStore store, DialBoard dials, IOptions<SigningOptions> options, TimeProvider clock)
{
    private static readonly string[] Operations =
        ["info", "credentials/list", "credentials/info", "credentials/getChallenge", "credentials/authorize", "signatures/signHash"];

    public static void Map(IEndpointRouteBuilder app)
    {
        var csc = app.MapGroup("/csc/v2").AllowAnonymous();
        csc.MapPost("/oauth2/token", (HttpRequest request, CscEndpoints lab) => lab.TokenAsync(request)).DisableAntiforgery();
        foreach (var operation in Operations)
            csc.MapPost("/" + operation, (HttpContext http, CscEndpoints lab) => lab.HandleAsync(operation, http));
        var person = app.MapGroup("/signing/csc").AllowAnonymous();
        person.MapGet("/codes/{credential}", (string credential, CscStore store) => store.Code(credential) is { } code ? TypedResults.Ok(new { code }) : Results.NotFound());
        person.MapGet("/orders", (CscStore store) => store.Signed);
        person.MapDelete("/locks", (CscStore store) => store.Unlock());
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        if (dials.Take("csc.down") is not null)
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        return dials.Take("csc.unknownClient") is null && form["grant_type"] == "client_credentials" && form["client_id"] == options.Value.CscClientId
            && form["client_secret"] == options.Value.CscClientSecret
            ? TypedResults.Json(new JsonObject { ["access_token"] = store.NewToken(), ["token_type"] = "Bearer", ["expires_in"] = 3600 })
            : Fault(401, "invalid_client");
    }

    private async Task<IResult> HandleAsync(string operation, HttpContext http)
    {
        if (dials.Take("csc.delay") is { } delay)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), clock, http.RequestAborted);
        if (dials.Take("csc.down") is not null)
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (dials.Take("csc.unauthorized") is not null || !store.IsToken(http.Request.Headers.Authorization))
            return Fault(401, "invalid_token");
        if (dials.Take("csc.forbidden") is not null)
            return Fault(403, "access_denied");
        using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var body = document.RootElement;
        if (operation == "info")
            return TypedResults.Json(new JsonObject { ["specs"] = "2.0.0.2", ["name"] = "PartnerLab", ["authType"] = new JsonArray("oauth2client"), ["methods"] = new JsonArray([.. Operations.Select(o => (JsonNode)o)]) });
        if (operation == "credentials/list")
            return List(Text(body, "userID"));
        if (people.Credential(Text(body, "credentialID")) is not { } signer)
            return Fault(400, "invalid_request", "Invalid parameter credentialID");
        return operation switch
        {
            "credentials/info" => TypedResults.Json(Describe(signer)),
            "credentials/getChallenge" => Challenge(signer),
            "credentials/authorize" => Authorize(signer, body),
            _ => Sign(signer, body, http),
        };
    }

    private JsonHttpResult<JsonObject> List(string user)
    {
        var own = people.Of(user);
        return TypedResults.Json(new JsonObject
        {
            ["credentialIDs"] = new JsonArray([.. own.Select(s => (JsonNode)s.CredentialId)]),
            ["credentialInfos"] = new JsonArray([.. own.Select(s => (JsonNode)Describe(s))]),
        });
    }

    private JsonObject Describe(LabSigner signer)
    {
        var shown = dials.Take("csc.wrongCertificate", signer.CredentialId) is null ? signer : people.Other(signer);
        var isRsa = shown.Key is System.Security.Cryptography.RSA;
        return new JsonObject
        {
            ["credentialID"] = signer.CredentialId,
            ["key"] = new JsonObject
            {
                ["status"] = dials.Take("csc.disabled", signer.CredentialId) is null ? "enabled" : "disabled",
                ["algo"] = new JsonArray(isRsa ? "1.2.840.113549.1.1.11" : "1.2.840.10045.4.3.2"),
                ["len"] = isRsa ? 2048 : 256,
            },
            ["cert"] = new JsonObject
            {
                ["status"] = "valid",
                ["certificates"] = new JsonArray(Convert.ToBase64String(shown.Certificate.RawData), Convert.ToBase64String(people.Root.RawData)),
                ["serialNumber"] = shown.SerialNumber,
            },
            ["auth"] = new JsonObject
            {
                ["mode"] = "explicit",
                ["expression"] = "PIN AND OTP",
                ["objects"] = new JsonArray(
                    new JsonObject { ["type"] = "Password", ["id"] = "PIN", ["format"] = "N" },
                    new JsonObject { ["type"] = "ChallengeResponse", ["id"] = "OTP", ["format"] = "N" }),
            },
            ["multisign"] = 50,
        };
    }

    private IResult Challenge(LabSigner signer)
    {
        if (dials.Take("csc.noCode", signer.CredentialId) is not null)
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        store.NewCode(signer.CredentialId);
        return TypedResults.Json(new JsonObject { ["sentTo"] = "•••••" + signer.UserId[^3..] });
    }

    private JsonHttpResult<JsonObject> Authorize(LabSigner signer, JsonElement body)
    {
        var given = body.TryGetProperty("authData", out var data) ? data.EnumerateArray().ToDictionary(d => Text(d, "id"), d => Text(d, "value"), StringComparer.Ordinal) : [];
        var wrong = dials.Take("csc.locked", signer.CredentialId) is not null ? "credential_locked"
            : dials.Take("csc.refuseCode", signer.CredentialId) is not null ? "invalid_otp"
            : store.WhyNot(signer, given.GetValueOrDefault("PIN", ""), given.GetValueOrDefault("OTP", ""));
        if (wrong is not null)
            return Fault(400, wrong);
        return TypedResults.Json(new JsonObject
        {
            ["SAD"] = store.Activate(signer.CredentialId, Texts(body, "hashes"), dials.Take("csc.expiredSad", signer.CredentialId) is not null),
            ["expiresIn"] = 180,
        });
    }

    private IResult Sign(LabSigner signer, JsonElement body, HttpContext http)
    {
        var hashes = Texts(body, "hashes");
        if (store.Use(Text(body, "SAD"), signer.CredentialId, hashes) is { } wrong)
            return Fault(400, wrong);
        store.Count(Text(body, "clientData"));
        if (dials.Take("csc.lostAnswer", signer.CredentialId) is not null)
        {
            http.Abort();
            return Results.Empty;
        }

        var signatures = hashes.Select(h => Convert.ToBase64String(signer.Sign(Convert.FromBase64String(h)))).ToList();
        if (dials.Take("csc.wrongSignature", signer.CredentialId) is not null)
            signatures[^1] = Convert.ToBase64String(signer.Sign(new byte[32]));
        if (dials.Take("csc.wrongCount", signer.CredentialId) is not null)
            signatures.Add(signatures[0]);
        return TypedResults.Json(new JsonObject { ["signatures"] = new JsonArray([.. signatures.Select(s => (JsonNode)s)]) });
    }

    private static JsonHttpResult<JsonObject> Fault(int status, string error, string description = "") =>
        TypedResults.Json(new JsonObject { ["error"] = error, ["error_description"] = description }, statusCode: status);

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static List<string> Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => v.GetString() ?? "")] : [];
}
