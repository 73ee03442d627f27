using System.Net;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;

namespace HaLong.Gateway.Tests;

public sealed class RouteTableTests(SharedGateway shared)
{
    private List<RouteConfig> Routes => [.. shared.Host.Services.GetRequiredService<IProxyStateLookup>().GetRoutes().Select(r => r.Config)];

    [Fact]
    public void Every_route_has_a_policy_a_limit_a_timeout_and_a_body_limit()
    {
        Assert.True(Routes.Count >= 20);
        Assert.All(Routes, route =>
        {
            Assert.False(string.IsNullOrEmpty(route.AuthorizationPolicy), route.RouteId + " has no authorization policy");
            Assert.False(string.IsNullOrEmpty(route.RateLimiterPolicy), route.RouteId + " has no rate limit");
            Assert.True(route.Timeout > TimeSpan.Zero, route.RouteId + " has no timeout");
            Assert.True(route.MaxRequestBodySize > 0, route.RouteId + " has no body limit");
        });
    }

    [Fact]
    public void Only_these_routes_are_open_to_anyone() => Assert.Equal(
        ["dossier-calendar", "dossier-document-links", "dossier-feedback-published", "dossier-index-definitions", "dossier-open-data", "dossier-procedures", "dossier-statistics-public", "dossier-tracking", "dossier-verification", "dossier-verification-files", "dossier-verification-keys", "e-signature-csc", "e-signature-evidence", "e-signature-pki",
            "e-signature-smartca-hook", "e-signature-tsa", "e-signature-validations", "identity-account", "identity-connect", "identity-consent-purposes", "identity-password-resets",
            "identity-receiving-places", "identity-registrations", "identity-unit-groups", "identity-units", "identity-well-known", "notification-asyncapi", "notification-event-schemas", "notification-mail-hook", "notification-push-key", "notification-sms-hooks", "notification-subscription-confirmations", "notification-unsubscribe", "notification-zalo-hook", "payment-bank-hooks",
            "payment-portal-hook", "payment-receipt-lookup", "payment-receipt-lookup-file", "portal", "portal-helping", "portal-papers"],
        Routes.Where(r => r.AuthorizationPolicy == "Anonymous").Select(r => r.RouteId).Order(StringComparer.Ordinal));

    [Fact]
    public void Only_uploads_may_be_large()
    {
        Assert.Equal(["dossier-catalogue-imports", "dossier-documents", "dossier-uploads", "dossier-verification-files", "e-signature-new-session", "e-signature-preservations", "e-signature-validations", "identity-counter-documents", "identity-identity-documents",
            "identity-paper-consent", "identity-reorganisations", "payment-provider-reports", "payment-statements", "portal-helping", "portal-papers"],
            Routes.Where(r => r.MaxRequestBodySize > 1 << 20).Select(r => r.RouteId).Order(StringComparer.Ordinal));
        Assert.All(Routes, r => Assert.True(r.MaxRequestBodySize <= 60 << 20));
    }

    [Fact]
    public void Every_endpoint_of_the_gateway_itself_has_a_policy_and_a_limit_too()
    {
        var endpoints = shared.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.Contains(endpoints, e => e.RoutePattern.RawText == "/openapi/v1.json");
        Assert.All(endpoints.Where(e => e.RoutePattern.RawText is not "/health" and not "/alive"), e =>
        {
            Assert.True(e.Metadata.GetMetadata<IAllowAnonymous>() is not null || e.Metadata.GetMetadata<IAuthorizeData>()?.Policy is not null, e.DisplayName + " has no policy");
            Assert.True(e.Metadata.GetMetadata<EnableRateLimitingAttribute>() is not null, e.DisplayName + " has no limit");
            Assert.True(e.Metadata.GetMetadata<RequestTimeoutAttribute>() is not null || e.Metadata.GetMetadata<RequestTimeoutPolicy>() is not null, e.DisplayName + " has no timeout");
        });
    }

    [Theory]
    [InlineData("/connect/token", "identity")]
    [InlineData("/connect/authorize", "identity")]
    [InlineData("/.well-known/openid-configuration", "identity")]
    [InlineData("/account/sign-in", "identity")]
    [InlineData("/account/sign-out", "identity")]
    [InlineData("/api/v1/units", "identity")]
    [InlineData("/api/v1/me", "identity")]
    [InlineData("/api/v1/procedures", "dossier")]
    [InlineData("/api/v1/procedures/1.012753", "dossier")]
    [InlineData("/api/v1/dossiers", "dossier")]
    [InlineData("/api/v1/dossiers/0198/submission", "dossier")]
    [InlineData("/api/v1/dossiers/0198/documents", "dossier")]
    [InlineData("/api/v1/dossiers/0198/documents/7", "dossier")]
    [InlineData("/api/v1/dossiers/0198/timeline", "dossier")]
    [InlineData("/api/v1/tracking/H49.12-261123-00001", "dossier")]
    [InlineData("/api/v1/verification-keys", "dossier")]
    [InlineData("/api/v1/verification/0198c0ffee", "dossier")]
    [InlineData("/api/v1/verification", "dossier")]
    [InlineData("/api/v1/me/documents", "dossier")]
    [InlineData("/api/v1/statistics/public", "dossier")]
    [InlineData("/api/v1/open-data", "dossier")]
    [InlineData("/api/v1/open-data/intake-by-month-and-level.csv", "dossier")]
    [InlineData("/api/v1/me/feedback", "dossier")]
    [InlineData("/api/v1/feedback", "dossier")]
    [InlineData("/api/v1/feedback/published", "dossier")]
    [InlineData("/api/v1/dossiers/0198/archive", "dossier")]
    [InlineData("/api/v1/payments", "payment")]
    [InlineData("/api/v1/payments/0198/qr.png", "payment")]
    [InlineData("/api/v1/payments/0198/receipt.pdf", "payment")]
    [InlineData("/api/v1/receipts/lookup", "payment")]
    [InlineData("/api/v1/receipts/lookup.pdf", "payment")]
    [InlineData("/api/v1/payments/0198/provider-bill.pdf", "payment")]
    [InlineData("/hooks/bank/lab", "payment")]
    [InlineData("/hooks/portal-payment", "payment")]
    [InlineData("/hooks/sms/sms", "notification")]
    [InlineData("/hooks/zalo", "notification")]
    [InlineData("/api/v1/subscription-confirmations/0196f0c4-0000-7000-8000-000000000000", "notification")]
    [InlineData("/hooks/signing/smartca", "e-signature")]
    [InlineData("/api/v1/me/signing-providers/smartca", "e-signature")]
    [InlineData("/api/v1/validations", "e-signature")]
    [InlineData("/pki/root.pem", "e-signature")]
    [InlineData("/pki/issuing.crl", "e-signature")]
    [InlineData("/pki/ocsp/MEUwQzBBMD8wPTAJBgUrDgMCGgUABBQ/x+a", "e-signature")]
    [InlineData("/tsa", "e-signature")]
    [InlineData("/api/v1/evidence/anchors", "e-signature")]
    [InlineData("/csc/v2/info", "e-signature")]
    [InlineData("/csc/v2/signatures/signHash", "e-signature")]
    [InlineData("/api/v1/me/credentials", "e-signature")]
    [InlineData("/api/v1/me/credentials/0198/pin", "e-signature")]
    [InlineData("/api/v1/signing-sessions", "e-signature")]
    [InlineData("/api/v1/signing-sessions/0198/documents/7/content", "e-signature")]
    [InlineData("/api/v1/signing-sessions/0198/signing/authorisation", "e-signature")]
    [InlineData("/api/v1/me/signing-sessions", "e-signature")]
    [InlineData("/asyncapi/v1.json", "notification")]
    [InlineData("/schemas/events/vn.halong.dossier.accepted.v1.json", "notification")]
    [InlineData("/api/v1/me/messages", "notification")]
    [InlineData("/api/v1/me/messages/7/read", "notification")]
    [InlineData("/api/v1/me/messages/unread", "notification")]
    [InlineData("/api/v1/me/stream", "notification")]
    [InlineData("/api/v1/dossiers/0198/notices", "notification")]
    [InlineData("/api/v1/notices/unsubscribe/abc", "notification")]
    [InlineData("/api/v1/me/push-subscriptions", "notification")]
    [InlineData("/api/v1/me/push-subscriptions/0198", "notification")]
    [InlineData("/api/v1/push-key", "notification")]
    [InlineData("/hooks/mail/reports", "notification")]
    [InlineData("/", "portal")]
    [InlineData("/en", "portal")]
    [InlineData("/signin-oidc", "portal")]
    public async Task Each_public_path_goes_to_its_service(string path, string service)
    {
        using var client = shared.Host.Citizen();
        var answer = await client.GetStringAsync(path, TestContext.Current.CancellationToken);
        Assert.Contains($"\"service\":\"{service}\"", answer, StringComparison.Ordinal);
        Assert.Contains($"\"path\":\"{path}\"", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/inbox", "dossier")]
    [InlineData("/api/v1/admin/feedback/0198/answer", "dossier")]
    [InlineData("/api/v1/admin/portal/overview", "dossier")]
    [InlineData("/api/v1/admin/register", "dossier")]
    [InlineData("/api/v1/admin/register.xlsx", "dossier")]
    [InlineData("/api/v1/admin/register/2026/books/1/pdf", "dossier")]
    [InlineData("/api/v1/admin/contact-problems", "notification")]
    [InlineData("/api/v1/admin/contact-problems/0198/resolve", "notification")]
    [InlineData("/api/v1/bank-notices", "payment")]
    [InlineData("/api/v1/ledger/accounts", "payment")]
    [InlineData("/api/v1/money-cases", "payment")]
    [InlineData("/api/v1/refunds", "payment")]
    [InlineData("/api/v1/admin/evidence/identity/verification", "identity")]
    [InlineData("/api/v1/admin/evidence/dossier/verification", "dossier")]
    [InlineData("/api/v1/admin/evidence/payment/verification", "payment")]
    [InlineData("/api/v1/admin/evidence/notification/verification", "notification")]
    [InlineData("/api/v1/admin/notice-templates", "notification")]
    [InlineData("/api/v1/admin/notice-templates/dossier-accepted/versions/2/withdraw", "notification")]
    [InlineData("/api/v1/admin/evidence/e-signature/verification", "e-signature")]
    [InlineData("/api/v1/me/imported-certificates", "e-signature")]
    [InlineData("/api/v1/admin/imported-certificates", "e-signature")]
    [InlineData("/api/v1/admin/seals", "e-signature")]
    [InlineData("/api/v1/admin/seals/06658/changes", "e-signature")]
    [InlineData("/api/v1/admin/credentials", "e-signature")]
    [InlineData("/api/v1/admin/credentials/0198/approval", "e-signature")]
    [InlineData("/api/v1/admin/signing-events", "e-signature")]
    [InlineData("/api/v1/me/signing-batches/0198/authorisation", "e-signature")]
    [InlineData("/api/v1/payouts", "payment")]
    [InlineData("/api/v1/receipts", "payment")]
    [InlineData("/api/v1/receipts/verification", "payment")]
    [InlineData("/api/v1/beneficiaries/06658/poster.pdf", "payment")]
    [InlineData("/api/v1/till-shifts/0198/report.csv", "payment")]
    [InlineData("/api/v1/statements", "payment")]
    [InlineData("/api/v1/provider-reports", "payment")]
    [InlineData("/api/v1/reconciliations/0198/lines", "payment")]
    public async Task Officials_paths_go_to_their_services(string path, string service)
    {
        using var client = shared.Host.Official();
        Assert.Contains($"\"service\":\"{service}\"", await client.GetStringAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/admin/archive-exports")]
    [InlineData("/api/v1/admin/archive-exports/0198/items")]
    [InlineData("/api/v1/admin/destruction-lists/0198/approval")]
    [InlineData("/api/v1/admin/statistics/rebuild")]
    public async Task Administrators_of_archive_and_statistics_go_to_dossier_and_nobody_else_does(string path)
    {
        using var client = shared.Host.Client(shared.Host.Identity.Token(roles: [Roles.Administrator], unit: "06658"));
        Assert.Contains("\"service\":\"dossier\"", await client.GetStringAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var officer = await shared.Host.Official().GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, officer.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/admin/messages")]
    [InlineData("/api/v1/admin/messages/0198/redrive")]
    [InlineData("/api/v1/admin/message-providers")]
    [InlineData("/api/v1/admin/message-providers/sms")]
    public async Task Administrators_of_sending_go_to_notification_and_nobody_else_does(string path)
    {
        using var client = shared.Host.Client(shared.Host.Identity.Token(roles: [Roles.Administrator], unit: "06658"));
        Assert.Contains("\"service\":\"notification\"", await client.GetStringAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var citizen = await shared.Host.Citizen().GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, citizen.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/subscriptions")]
    [InlineData("/api/v1/events")]
    [InlineData("/api/v1/amqp-access")]
    public async Task Partners_paths_go_to_notification(string path)
    {
        using var client = shared.Host.Client(shared.Host.Identity.PartnerToken());
        Assert.Contains("\"service\":\"notification\"", await client.GetStringAsync(path, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/health/ready")]
    [InlineData("/HEALTH/x")]
    [InlineData("/openapi")]
    [InlineData("/openapi/v1.yaml")]
    [InlineData("/openapi/dossier.json")]
    [InlineData("/asyncapi")]
    [InlineData("/asyncapi/v1.yaml")]
    [InlineData("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo")]
    [InlineData("/halong.identity.v1.Accounts/GetAccount")]
    [InlineData("/grpc.health.v1.Health/Check")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v2/dossiers")]
    [InlineData("/api")]
    [InlineData("/hooks/unknown")]
    [InlineData("/api/v1/dossiers%2f..%2fhealth")]
    [InlineData("//health")]
    [InlineData("/api/v1/dossiers//x")]
    [InlineData("/%6detrics")]
    [InlineData("/x/../metrics")]
    [InlineData("/pki/ocsp/../../api%2fv1")]
    [InlineData("/pki/ocsp/AA%2e%2f")]
    [InlineData("/pki/ocspx//AA")]
    public async Task What_is_not_public_does_not_exist(string target)
    {
        var before = shared.Host.Backends.Values.Sum(b => b.Count);
        var answer = await shared.Host.RawAsync(target, "Authorization: Bearer " + shared.Host.Identity.Token());
        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        Assert.Contains("CMN-0404", answer, StringComparison.Ordinal);
        Assert.Contains("Trace-Id:", answer, StringComparison.Ordinal);
        Assert.Equal(before, shared.Host.Backends.Values.Sum(b => b.Count));
    }

    [Theory]
    [InlineData("/pki/ocsp/MEUw%2FQzBB%2BMD8%3D")]
    [InlineData("/pki/ocsp/MEUw//QzBB+MD8=")]
    public async Task A_question_about_a_certificate_may_have_slashes(string target)
    {
        var before = shared.Host.Backends["e-signature"].Count;
        var answer = await shared.Host.RawAsync(target, "");
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Equal(before + 1, shared.Host.Backends["e-signature"].Count);
    }

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc-web-text")]
    public async Task Grpc_does_not_pass(string contentType)
    {
        using var client = shared.Host.Citizen();
        using var content = new ByteArrayContent([]);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await client.PostAsync("/api/v1/dossiers", content, TestContext.Current.CancellationToken);
        await Problem.AssertAsync(response, HttpStatusCode.NotFound, "CMN-0404");
    }
}
