using System.Net;
using System.Net.Http.Headers;
using HaLong.Identity.Tests.PersonalData;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Identity.Tests.Counter;

/// <summary>Which operations of the counter and of organisations ask for two factors or a passkey, one by one.</summary>
public sealed class StrongSignInTests(IdentitySite site) : IClassFixture<IdentitySite>
{
    private const string Some = "0198e000-0000-7000-8000-00000000ffff";

    private static readonly string[] Paths =
    [
        "POST /api/v1/admin/account-searches",
        "POST /api/v1/admin/accounts/{id:guid}/verification",
        "DELETE /api/v1/admin/accounts/{id:guid}/verification",
        "PUT /api/v1/admin/accounts/{id:guid}/identity-documents/{side}",
        "GET /api/v1/admin/accounts/{id:guid}/verifications",
        "GET /api/v1/admin/organisation-claims/{id:guid}",
        "POST /api/v1/admin/organisation-claims/{id:guid}/verification",
        "POST /api/v1/admin/organisation-claims/{id:guid}/refusal",
        "POST /api/v1/admin/organisations/{id:guid}/legal-representatives",
        "POST /api/v1/me/organisations",
        "POST /api/v1/me/organisations/{id:guid}/acceptance",
        "PATCH /api/v1/organisations/{id:guid}",
        "POST /api/v1/organisations/{id:guid}/representatives",
        "DELETE /api/v1/organisations/{id:guid}/representatives/{representative:guid}",
    ];

    public static TheoryData<string> Operations => [.. Paths];

    [Fact]
    public void The_table_names_every_operation_that_is_marked_so()
    {
        var marked = site.Service.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<StrongSignIn>() is not null && e.Metadata.GetMetadata<ITagsMetadata>()!.Tags is ["Counter" or "Organisations"])
            .SelectMany(e => e.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(m => $"{m} /{e.RoutePattern.RawText!.Trim('/')}"));
        Assert.Equal(Paths.Order(StringComparer.Ordinal), marked.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task One_factor_is_told_to_prove_more_and_two_get_further(string operation)
    {
        var (method, path) = operation.Split(' ') is [var m, var p] ? (new HttpMethod(m), Fill(p)) : throw new ArgumentException(operation);
        var user = path.EndsWith("/verifications", StringComparison.Ordinal) ? "auditor" : path.Contains("/admin/", StringComparison.Ordinal) ? "reception" : "citizen";

        var weak = await site.CallAsync(await site.TokenAsync(user), method, path, Body(path, method));
        var strong = await site.CallAsync(await site.TokenAsync(user, strong: true), method, path, Body(path, method));

        Assert.Equal((HttpStatusCode.Unauthorized, "CMN-0470"), (weak.Status, weak.Code));
        Assert.Contains("insufficient_user_authentication", weak.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        // What is asked for does not exist or is empty: refused for that, and for nothing else.
        Assert.Contains(strong.Status, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        Assert.StartsWith("IDN-", strong.Code, StringComparison.Ordinal);
    }

    private static string Fill(string path) => string.Join('/', path.Split('/').Select(s => s switch { "{side}" => "front", ['{', ..] => Some, _ => s }));

    private static ByteArrayContent? Body(string path, HttpMethod method)
    {
        if (method == HttpMethod.Get)
            return null;
        var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue(path.EndsWith("/front", StringComparison.Ordinal) ? "image/png" : "application/json");
        return content;
    }
}
