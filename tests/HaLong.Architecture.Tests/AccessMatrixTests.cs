using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using HaLong.ServiceDefaults;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace HaLong.Architecture.Tests;

/// <summary>
/// Every endpoint of every service, HTTP and gRPC, asked by every kind of caller through the service's real authentication and
/// authorisation. Who got through is compared with an approved table: a new endpoint, role or policy shows up as a changed line.
/// </summary>
public sealed partial class AccessMatrixTests : IAsyncLifetime
{
    private const HttpStatusCode LetThrough = (HttpStatusCode)299;

    private TestIdentity _identity = null!;

    public static TheoryData<string> Services => [.. Repository.ServiceNames];

    public async ValueTask InitializeAsync() => _identity = await TestIdentity.StartAsync();

    public ValueTask DisposeAsync() => _identity.DisposeAsync();

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Who_may_call_what_is_as_approved(string service)
    {
        using var booted = Boot(service);
        using var client = booted.Client();
        var callers = Callers();
        var table = new StringBuilder();
        foreach (var (method, path, endpoint) in Routes(booted))
        {
            if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"{method} {path}: anyone");
                continue;
            }

            var allowed = new List<string>();
            foreach (var (name, token) in callers)
            {
                var status = await AskAsync(client, method, path, endpoint, token);
                Assert.True(status is LetThrough or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"{method} {path} as {name}: {(int)status}");
                Assert.Equal(token is null, status == HttpStatusCode.Unauthorized);
                if (status == LetThrough)
                    allowed.Add(name);
            }

            table.AppendLine(CultureInfo.InvariantCulture, $"{method} {path}: {string.Join(' ', allowed)}");
        }

        Repository.Approve($"tests/HaLong.Architecture.Tests/Approved/access-{service}.txt", table.ToString());
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_token_of_another_issuer_opens_nothing(string service)
    {
        using var booted = Boot(service);
        using var client = booted.Client();
        await using var stranger = await TestIdentity.StartStrangerAsync();
        var token = stranger.Token(roles: [.. AllRoles()], scope: $"{Policies.ApiScope} {Policies.InternalScope} {Policies.EventsScope}");
        foreach (var (method, path, endpoint) in Routes(booted).Where(r => r.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null))
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(client, method, path, endpoint, token));
    }

    private static IEnumerable<string> AllRoles() =>
        typeof(Roles).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!);

    private List<(string Name, string? Token)> Callers() =>
    [
        ("nobody", null),
        .. AllRoles().Select(role => (role, (string?)_identity.Token(roles: [role], unit: "06688", assurance: 2, strong: true))),
        ("roleless", _identity.Token(roles: [])),
        ("scopeless", _identity.Token(roles: [.. AllRoles()], unit: "06688", scope: "openid", strong: true)),
        ("partner", _identity.PartnerToken()),
        ("service", _identity.ServiceToken("another-service")),
    ];

    // Authorisation decides and answers; the handlers behind, which would need servers, are not run.
    private Booted Boot(string service) => Booted.Of(Assembly.Load(service), services =>
    {
        services.AddLogging(logging => logging.ClearProviders());
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, StopThere>();
        services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options =>
        {
            options.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(Keys());
            options.TokenValidationParameters.ValidIssuer = TestIdentity.PublicUrl + "/";
        });
    });

    private OpenIdConnectConfiguration Keys()
    {
        using var http = new HttpClient();
        var configuration = new OpenIdConnectConfiguration();
        using var answer = http.Send(new HttpRequestMessage(HttpMethod.Get, new Uri(_identity.Url + "/.well-known/jwks")));
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        foreach (var key in new JsonWebKeySet(reader.ReadToEnd()).GetSigningKeys())
            configuration.SigningKeys.Add(key);
        return configuration;
    }

    private static IEnumerable<(string Method, string Path, RouteEndpoint Endpoint)> Routes(Booted booted) => booted.Endpoints
        .Where(e => e.DisplayName?.Contains("Unimplemented", StringComparison.Ordinal) != true)
        .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            .Select(method => (Method: method, Path: "/" + e.RoutePattern.RawText!.TrimStart('/'), Endpoint: e)))
        .OrderBy(r => r.Path, StringComparer.Ordinal).ThenBy(r => r.Method, StringComparer.Ordinal);

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string method, string path, RouteEndpoint endpoint, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Parameter().Replace(path, Value), UriKind.Relative));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (method is "POST" or "PUT" or "PATCH")
        {
            var type = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes is [var first, ..] ? first : "application/json";
            if (endpoint.DisplayName?.StartsWith("gRPC", StringComparison.Ordinal) == true)
                type = "application/grpc";
            request.Content = new ByteArrayContent("{}"u8.ToArray());
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    // A value that fits the parameter's constraint, so that the route is met.
    private static string Value(Match parameter) => parameter.Value switch
    {
        var p when p.Contains(":guid", StringComparison.Ordinal) => "0198e000-0000-7000-8000-00000000ffff",
        var p when p.Contains(":int", StringComparison.Ordinal) || p.Contains(":long", StringComparison.Ordinal) => "1",
        _ => "0198e000-0000-7000-8000-00000000ffff",
    };

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();

    private sealed class StopThere : IAuthorizationMiddlewareResultHandler
    {
        private readonly AuthorizationMiddlewareResultHandler _usual = new();

        public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
        {
            if (!authorizeResult.Succeeded)
                return _usual.HandleAsync(next, context, policy, authorizeResult);
            context.Response.StatusCode = (int)LetThrough;
            return Task.CompletedTask;
        }
    }
}
