using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using HaLong.Portal.Tests.Browser;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

[assembly: AssemblyFixture(typeof(Servers))]

namespace HaLong.Portal.Tests;

/// <summary>The portal with a small city behind it: sign-in by OpenID Connect with really signed tokens, and an API that answers what a test says.</summary>
public sealed class City(Servers servers) : IAsyncLifetime
{
    private static readonly RSA Rsa = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, Func<Asked, IResult>> _answers = new();
    private readonly ConcurrentDictionary<string, string?> _nonces = new();
    private readonly ConcurrentQueue<string> _unknown = new();
    private WebApplication? _app;
    private WebApplicationFactory<Program>? _portal;
    private Front? _front;
    private int _tokens;

    /// <summary>What the API was asked: method, path with query, language, token, visitor's address.</summary>
    internal ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>How often tokens were renewed.</summary>
    internal int Renewed { get; private set; }

    /// <summary>Seconds an access token lasts.</summary>
    internal int TokenLife { get; set; } = 600;

    /// <summary>Roles of who signs in next.</summary>
    internal string[] Roles { get; set; } = ["citizen"];

    /// <summary>Account of who signs in next.</summary>
    internal string Subject { get; set; } = "1";

    /// <summary>What a partner system signs in with.</summary>
    internal static string PartnerSecret => "partner-secret";

    /// <summary>Unit of the official who signs in next.</summary>
    internal string? Unit { get; set; }

    /// <summary>What the last sign-in was asked for: acr_values and max_age.</summary>
    internal (string Acr, string MaxAge) Demanded { get; private set; }

    /// <summary>How the exchange for a token in somebody else's name answers: 200, or why not.</summary>
    internal int Exchanging { get; set; } = 200;

    /// <summary>How often tokens were exchanged.</summary>
    internal int Exchanged { get; private set; }

    /// <summary>Whether refresh tokens are taken.</summary>
    internal bool Renews { get; set; } = true;

    internal static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal string Url => _app!.Urls.First();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddHttpForwarder();
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Url,
            authorization_endpoint = Url + "/connect/authorize",
            token_endpoint = Url + "/connect/token",
            end_session_endpoint = Url + "/connect/logout",
            jwks_uri = Url + "/.well-known/jwks",
        }));
        _app.MapGet("/.well-known/jwks", () => Results.Json(new { keys = new[] { Jwk() } }));
        _app.MapGet("/connect/authorize", Authorize);
        _app.MapPost("/connect/token", (Delegate)TokenAsync);
        _app.MapGet("/asyncapi/v1.json", () => _answers.TryGetValue("/asyncapi/v1.json", out var answer) ? answer(null!) : Results.NotFound());
        _app.Map("/api/v1/{**path}", (Delegate)AnswerAsync);
        // As at the gateway: what is nobody else's is the portal's. Only real browsers come here.
        _app.Map("/{**rest}", (HttpContext http) => _front!.ShowAsync(http));
        await _app.StartAsync(Ct);
        _portal = new WebApplicationFactory<Program>().WithWebHostBuilder(b =>
            b.UseSetting("PublicUrl", Url).UseSetting("ConnectionStrings:cache", servers.Redis));
        _front = new Front(_portal);
    }

    /// <summary>A browser: keeps cookies, follows nothing by itself.</summary>
    internal HttpClient Browser() => _portal!.CreateDefaultClient(Gallery.Keeper(), new CookieContainerHandler());

    /// <summary>A browser whose visitor has signed in.</summary>
    /// <param name="roles">Of the visitor; none for a citizen.</param>
    internal async Task<HttpClient> SignedInAsync(params string[] roles)
    {
        Roles = roles.Length == 0 ? ["citizen"] : roles;
        var browser = Browser();
        Assert.Equal("/", await SignInAsync(browser, "/sign-in"));
        return browser;
    }

    /// <summary>Follows a page to the sign-in and back; where the visitor ends up.</summary>
    internal static async Task<string?> SignInAsync(HttpClient browser, string from)
    {
        using var sent = await browser.GetAsync(from, Ct);
        using var outside = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var back = await outside.GetAsync(sent.Headers.Location, Ct);
        using var done = await browser.GetAsync(back.Headers.Location!.PathAndQuery, Ct);
        return done.Headers.Location?.ToString();
    }

    /// <summary>From now on this is what the API answers below /api/v1/.</summary>
    internal void Says(string path, object value, int status = 200) => _answers[path] = _ => Results.Json(value, statusCode: status);

    /// <summary>The API answers as it is asked.</summary>
    internal void Answers(string path, Func<Asked, IResult> answer) => _answers[path] = answer;

    internal void Refuses(string path, int status, string code, string title, object? errors = null) => _answers[path] = _ =>
        Results.Json(new { status, code, title, traceId = "abc", errors }, contentType: "application/problem+json", statusCode: status);

    public async ValueTask DisposeAsync()
    {
        _front?.Dispose();
        if (_portal is not null)
            await _portal.DisposeAsync();
        if (_app is not null)
            await _app.DisposeAsync();
        // What is not in the public API works here only because a test says so.
        Assert.Empty(_unknown);
    }

    private IResult Authorize(HttpContext http)
    {
        var query = http.Request.Query;
        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        _nonces[code] = query["nonce"];
        Demanded = (query["acr_values"].ToString(), query["max_age"].ToString());
        Assert.Equal("S256", query["code_challenge_method"]);
        return Results.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"]!)}");
    }

    private async Task<IResult> TokenAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(Ct);
        if (form["grant_type"] == "client_credentials" && (form["client_secret"] != PartnerSecret || form["scope"] != "halong.events"))
            return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        if (form["grant_type"] == "urn:ietf:params:oauth:grant-type:token-exchange")
            return Exchange(form);
        var isRefresh = form["grant_type"] == "refresh_token";
        if (isRefresh && !Renews)
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        if (isRefresh)
            Renewed++;
        return Results.Json(new
        {
            access_token = AccessToken(Interlocked.Increment(ref _tokens)),
            refresh_token = $"refresh-{_tokens}",
            id_token = form["grant_type"] == "authorization_code" ? IdToken(_nonces[form["code"]!]) : null,
            token_type = "Bearer",
            expires_in = TokenLife,
        });
    }

    private IResult Exchange(IFormCollection form)
    {
        if (Exchanging != 200)
            return Results.Json(new { error = "invalid_grant" }, statusCode: Exchanging);
        Exchanged++;
        return Results.Json(new { access_token = AccessToken(Interlocked.Increment(ref _tokens), form["assisted_session"]), token_type = "Bearer", expires_in = TokenLife });
    }

    private string IdToken(string? nonce) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Url,
        Audience = "web",
        Expires = TimeProvider.System.GetUtcNow().AddMinutes(5).UtcDateTime,
        Claims = new Dictionary<string, object> { ["sub"] = "1", ["name"] = "Nguyễn Thị Hạnh", ["nonce"] = nonce ?? "" },
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(Rsa) { KeyId = "k" }, SecurityAlgorithms.RsaSha256),
    });

    // The portal reads its claims; the API of a test knows it by its number.
    private string AccessToken(int number, string? assisted = null)
    {
        var claims = new Dictionary<string, object> { ["sub"] = Subject, ["role"] = Roles, ["n"] = number };
        if (Unit is not null)
            claims["unit"] = Unit;
        if (assisted is not null)
            claims["assisted_session"] = assisted;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Url,
            Claims = claims,
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(Rsa) { KeyId = "k" }, SecurityAlgorithms.RsaSha256),
        });
    }

    /// <summary>Which of the tokens that were given a request carried: 1, 2 …; 0 without one.</summary>
    internal static int Number(Asked asked) => asked.Token is { Length: > 7 } token
        ? int.Parse(new JsonWebTokenHandler().ReadJsonWebToken(token["Bearer ".Length..]).GetClaim("n").Value, System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>In whose assisted session a request was made; null in the own name.</summary>
    internal static string? Session(Asked asked) => asked.Token is { Length: > 7 } token
        && new JsonWebTokenHandler().ReadJsonWebToken(token["Bearer ".Length..]).TryGetClaim("assisted_session", out var claim) ? claim.Value : null;

    private static object Jwk()
    {
        var key = Rsa.ExportParameters(false);
        return new { kty = "RSA", use = "sig", kid = "k", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) };
    }

    private async Task<IResult> AnswerAsync(HttpContext http, string path)
    {
        var headers = http.Request.Headers;
        using var reader = new StreamReader(http.Request.Body);
        var asked = new Asked(http.Request.Method, path + http.Request.QueryString, headers.AcceptLanguage.ToString(), headers.Authorization.ToString(),
            headers["X-Forwarded-For"].ToString(), await reader.ReadToEndAsync(Ct), headers["Idempotency-Key"].ToString(), headers.IfMatch.ToString())
        { Headers = headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase) };
        Requests.Enqueue(asked);
        if (!Contract.Has(asked.Method, path))
            _unknown.Enqueue($"{asked.Method} {path}");
        http.Response.Headers.ETag = "\"7\"";
        return _answers.TryGetValue($"{asked.Method} {path}", out var answer) || _answers.TryGetValue(path, out answer)
            ? answer(asked)
            : Results.Json(new { status = 404, code = "CMN-0404", title = "Không tìm thấy" }, contentType: "application/problem+json", statusCode: 404);
    }
}

/// <summary>A question to the API.</summary>
internal sealed record Asked(string Method, string Path, string Language, string Token, string Address, string Body, string Once, string Version)
{
    /// <summary>Whatever else came with it.</summary>
    internal IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
