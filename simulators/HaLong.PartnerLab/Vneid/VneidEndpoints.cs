using System.Net;
using System.Security.Cryptography;
using System.Text;
using HaLong.PartnerLab.Dials;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.PartnerLab.Vneid;

/// <summary>Plays the national identity provider: OpenID Connect with authorization code and PKCE; whoever comes picks who they are.</summary>
internal static class VneidEndpoints
{
    public static void MapVneid(this IEndpointRouteBuilder app)
    {
        var vneid = app.MapGroup("/vneid").AllowAnonymous().AddEndpointFilter(FaultsAsync);
        vneid.MapGet("/.well-known/openid-configuration", (HttpRequest request) => Discovery(IssuerOf(request)));
        vneid.MapGet("/jwks", (IdTokens tokens) => tokens.Jwks());
        vneid.MapGet("/authorize", Ask);
        vneid.MapPost("/authorize", DecideAsync);
        vneid.MapPost("/token", TokenAsync);
        vneid.MapGet("/userinfo", UserInfo);
        vneid.MapPut("/people/{subject}", (string subject, PersonRequest person, People people) =>
            people.Add(new TestPerson(subject, person.Level ?? 2, person.Kind ?? 1, person.Claims ?? new Dictionary<string, string> { ["HoVaTen"] = subject })));
    }

    /// <summary>A further person.</summary>
    internal sealed record PersonRequest(int? Level, int? Kind, Dictionary<string, string>? Claims);

    private static async ValueTask<object?> FaultsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var services = context.HttpContext.RequestServices;
        var dials = services.GetRequiredService<DialBoard>();
        if (context.HttpContext.Request.Path.StartsWithSegments("/vneid/people"))
            return await next(context);
        if (dials.Take("vneid.delay") is { } delay)
            await Task.Delay(TimeSpan.FromMilliseconds(delay), services.GetRequiredService<TimeProvider>(), context.HttpContext.RequestAborted);
        return dials.Take("vneid.down") is null ? await next(context) : TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    private static string IssuerOf(HttpRequest request) => $"{request.Scheme}://{request.Host}/vneid";

    private static Dictionary<string, object> Discovery(string issuer) => new Dictionary<string, object>
    {
        ["issuer"] = issuer,
        ["authorization_endpoint"] = issuer + "/authorize",
        ["token_endpoint"] = issuer + "/token",
        ["userinfo_endpoint"] = issuer + "/userinfo",
        ["jwks_uri"] = issuer + "/jwks",
        ["response_types_supported"] = new[] { "code" },
        ["subject_types_supported"] = new[] { "public" },
        ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        ["code_challenge_methods_supported"] = new[] { "S256" },
        ["token_endpoint_auth_methods_supported"] = new[] { "client_secret_post", "client_secret_basic" },
        ["scopes_supported"] = new[] { "openid", "profile" },
        ["authorization_response_iss_parameter_supported"] = true,
    };

    // What is wrong with client or address is said here; it must not be sent to an address nobody has checked.
    private static AuthorizeRequest? Read(Func<string, string?> field, VneidOptions options, out string fault)
    {
        fault = "";
        if (field("client_id") != options.ClientId || field("redirect_uri") is not { } redirect || !options.Allows(redirect))
            fault = "unknown client or redirect address";
        else if (field("response_type") != "code" || field("scope")?.Split(' ').Contains("openid") != true)
            fault = "only response_type=code with scope openid";
        else if (field("code_challenge") is not { Length: > 0 } || field("code_challenge_method") != "S256")
            fault = "PKCE with S256 is required";
        else
            return new AuthorizeRequest(options.ClientId, redirect, field("scope")!, field("state"), field("nonce"), field("code_challenge")!); // Checked above.
        return null;
    }

    private static IResult Ask(HttpRequest request, IOptions<VneidOptions> options, People people)
    {
        if (Read(name => request.Query[name], options.Value, out var fault) is null)
            return TypedResults.Problem(fault, statusCode: StatusCodes.Status400BadRequest);
        var fields = string.Concat(request.Query.Select(q => $"<input type=\"hidden\" name=\"{Encode(q.Key)}\" value=\"{Encode(q.Value)}\">"));
        var buttons = string.Concat(people.All.Select(p =>
            $"<p><button name=\"person\" value=\"{Encode(p.Subject)}\">{Encode(p.Name)} – mức {p.Level}</button></p>"));
        return TypedResults.Text($"""
            <!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>VNeID (mô phỏng)</title></head><body><main>
            <h1>VNeID (mô phỏng)</h1><p>Chọn người dùng thử:</p>
            <form method="post" action="/vneid/authorize">{fields}{buttons}<p><button name="person" value="">Hủy</button></p></form></main></body></html>
            """, "text/html; charset=utf-8");
    }

    private static async Task<IResult> DecideAsync(HttpRequest http, IOptions<VneidOptions> options, People people, Grants grants)
    {
        var form = await http.ReadFormAsync();
        if (Read(name => form.TryGetValue(name, out var value) ? value.ToString() : null, options.Value, out var fault) is not { } request)
            return TypedResults.Problem(fault, statusCode: StatusCodes.Status400BadRequest);
        var answer = people.Find(form["person"].ToString()) is { } person
            ? QueryString.Create("code", grants.NewCode(request, person.Subject))
            : QueryString.Create("error", "access_denied");
        if (request.State is { } state)
            answer = answer.Add("state", state);
        answer = answer.Add("iss", IssuerOf(http));
        return TypedResults.Redirect(request.RedirectUri + (request.RedirectUri.Contains('?', StringComparison.Ordinal) ? "&" + answer.Value![1..] : answer.Value));
    }

    private static async Task<IResult> TokenAsync(HttpRequest http, IOptions<VneidOptions> options, People people, Grants grants, IdTokens tokens)
    {
        var form = http.HasFormContentType ? await http.ReadFormAsync() : FormCollection.Empty;
        if (!IsClient(http, form, options.Value))
            return Refuse("invalid_client", StatusCodes.Status401Unauthorized);
        if (form["grant_type"] != "authorization_code")
            return Refuse("unsupported_grant_type");
        if (grants.Redeem(form["code"].ToString()) is not { } grant || grant.Request.RedirectUri != form["redirect_uri"]
            || grant.Request.Challenge != Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())))
            || people.Find(grant.Subject) is not { } person)
            return Refuse("invalid_grant");
        return TypedResults.Json(new Dictionary<string, object>
        {
            ["access_token"] = grants.NewToken(person.Subject),
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)Grants.TokenLifetime.TotalSeconds,
            ["scope"] = grant.Request.Scope,
            ["id_token"] = tokens.Of(person, grant.Request, IssuerOf(http)),
        });
    }

    private static IResult UserInfo(HttpRequest http, People people, Grants grants, DialBoard dials)
    {
        var header = http.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal) || grants.SubjectOf(header[7..]) is not { } subject || people.Find(subject) is not { } person)
            return TypedResults.Unauthorized();
        var answer = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = dials.Take("vneid.wrongSubject") is null ? subject : "somebody-else", ["LoaiTaiKhoan"] = person.Kind };
        foreach (var (name, value) in dials.Take("vneid.missingClaims") is null ? person.Claims : new Dictionary<string, string>())
            answer[name] = value;
        return TypedResults.Json(answer);
    }

    private static bool IsClient(HttpRequest http, IFormCollection form, VneidOptions options)
    {
        var (id, secret) = (form["client_id"].ToString(), form["client_secret"].ToString());
        if (http.Headers.Authorization.ToString() is ['B', 'a', 's', 'i', 'c', ' ', .. var basic]
            && Encoding.UTF8.GetString(Convert.FromBase64String(basic)).Split(':', 2) is [var name, var password])
            (id, secret) = (Uri.UnescapeDataString(name), Uri.UnescapeDataString(password));
        return id == options.ClientId && secret == options.ClientSecret;
    }

    private static JsonHttpResult<Dictionary<string, string>> Refuse(string error, int status = StatusCodes.Status400BadRequest) => TypedResults.Json(new Dictionary<string, string> { ["error"] = error }, statusCode: status);

    private static string Encode(string? text) => WebUtility.HtmlEncode(text ?? "");
}
