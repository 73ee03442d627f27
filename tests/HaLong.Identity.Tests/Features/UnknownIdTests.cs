using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using HaLong.Identity.Seeding;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Features;

/// <summary>Generated from the routes: an id that is nobody's, in every path that takes one, for every role, with the strongest sign-in.</summary>
public sealed partial class UnknownIdTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Nobody = "0198e000-0000-7000-8000-00000000ffff";

    public static TheoryData<string> Roles => [.. ReferenceData.Read<ReferenceData.DemoData>("demo-accounts.json").Accounts.Select(a => a.UserName)];

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task An_id_that_is_nobodys_opens_nothing_and_breaks_nothing(string userName)
    {
        var token = await site.TokenAsync(userName, strong: true);
        using var http = site.Service.Client(token);
        var asked = 0;
        foreach (var (method, path, endpoint) in Routes())
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Parameter().Replace(path, Nobody), UriKind.Relative));
            request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
            if (method is "POST" or "PUT" or "PATCH")
                request.Content = Body(endpoint);

            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

            // Lists below an id may be empty; whatever changes or shows one object must refuse.
            Assert.True((int)answer.StatusCode is >= 400 and < 500, $"{method} {path} as {userName}: {(int)answer.StatusCode}");
            asked++;
        }

        Assert.True(asked > 0);
    }

    [Fact]
    public async Task Without_a_token_every_operation_that_is_not_open_to_anyone_answers_401()
    {
        using var http = site.Service.Client();
        foreach (var (method, path, endpoint) in Routes())
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Parameter().Replace(path, Nobody), UriKind.Relative));
            if (method is "POST" or "PUT" or "PATCH")
                request.Content = Body(endpoint);
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path}: {(int)answer.StatusCode}");
        }
    }

    private IEnumerable<(string Method, string Path, RouteEndpoint Endpoint)> Routes() => site.Service.Services.GetServices<EndpointDataSource>()
        .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.RoutePattern.Parameters.Count > 0)
        .Select(e => (Path: "/" + e.RoutePattern.RawText!.TrimStart('/'), Endpoint: e))
        .Where(e => e.Path.StartsWith("/api/", StringComparison.Ordinal))
        .SelectMany(e => e.Endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(m => (m, e.Path, e.Endpoint)));

    private static ByteArrayContent Body(RouteEndpoint endpoint)
    {
        var type = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes is [var first, ..] ? first : "application/json";
        var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
