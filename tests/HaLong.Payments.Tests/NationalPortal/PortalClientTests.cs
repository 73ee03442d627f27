using System.Text.Json;
using HaLong.Payments.NationalPortal;
using HaLong.Payments.Tests.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Tests.NationalPortal;

/// <summary>What answers of a platform mean, also those that no platform should give.</summary>
public sealed class PortalClientTests : IAsyncLifetime
{
    private readonly HttpClient http = new();
    private WebApplication server = null!; // Set by InitializeAsync.
    private int status = 200;
    private string body = "";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.MapPost("/", async (HttpContext context) =>
        {
            if (status == 0)
                context.Abort();
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(body);
        });
        await server.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Theory]
    [InlineData(200, """{"error_code":"0","message":{"UrlThanhToan":"https://pay.example/1"}}""", "Taken")]
    [InlineData(200, """{"error_code":0,"message":"{\"UrlThanhToan\":\"https://pay.example/1\"}"}""", "Taken")]
    [InlineData(200, """{"error_code":"12","message":"no"}""", "Refused")]
    [InlineData(400, "", "Refused")]
    [InlineData(401, "", "Refused")]
    [InlineData(408, "", "Lost")]
    [InlineData(500, "", "Lost")]
    [InlineData(503, "", "Lost")]
    [InlineData(0, "", "Lost")]
    [InlineData(200, "", "Lost")]
    [InlineData(200, "<html>", "Lost")]
    [InlineData(200, "[]", "Lost")]
    [InlineData(200, """{"error_code":"0"}""", "Lost")]
    [InlineData(200, """{"error_code":"0","message":"no address"}""", "Lost")]
    [InlineData(200, """{"error_code":"0","message":"{broken"}""", "Lost")]
    [InlineData(200, """{"error_code":"0","message":{"UrlThanhToan":"javascript:alert(1)"}}""", "Lost")]
    [InlineData(200, """{"error_code":"0","message":{"UrlThanhToan":"/relative"}}""", "Lost")]
    [InlineData(200, """{"error_code":"0","message":{"UrlThanhToan":5}}""", "Lost")]
    public async Task An_order_is_refused_only_when_the_platform_says_so(int answered, string text, string outcome)
    {
        (status, body) = (answered, text);
        var payment = Some.Payment();
        var attempt = payment.StartAttempt(Some.Portal, Some.Providers, Guid.Empty, Some.Now).Value;

        var (got, url) = await Client().OrderAsync(payment, attempt, "");

        Assert.Equal((outcome, outcome == "Taken" ? "https://pay.example/1" : null), (got.ToString(), url));
    }

    [Fact]
    public async Task An_order_that_never_left_cannot_be_paid()
    {
        var payment = Some.Payment();
        var attempt = payment.StartAttempt(Some.Portal, Some.Providers, Guid.Empty, Some.Now).Value;
        var address = server.Urls.First();
        await server.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(OrderOutcome.NotSent, (await Client(address).OrderAsync(payment, attempt, "")).Outcome);
        Assert.Equal(PortalOutcome.NoAnswer, (await Client(address).QueryAsync("HL1", Some.Now, TestContext.Current.CancellationToken)).Outcome);
    }

    [Theory]
    [InlineData(200, """{"error_code":"01","message":"no such order"}""", "NotKnown")]
    [InlineData(200, """{"error_code":"97","message":"check sum"}""", "NoAnswer")]
    [InlineData(200, """{"error_code":"0","message":"paid"}""", "NoAnswer")]
    [InlineData(200, "", "NoAnswer")]
    [InlineData(404, "", "NoAnswer")]
    [InlineData(503, "", "NoAnswer")]
    [InlineData(0, "", "NoAnswer")]
    public async Task Only_clear_words_are_an_answer(int answered, string text, string outcome)
    {
        (status, body) = (answered, text);

        Assert.Equal(outcome, (await Client().QueryAsync("HLQ7K3M9XW2P01", Some.Now, TestContext.Current.CancellationToken)).Outcome.ToString());
    }

    [Theory]
    [InlineData("HLQ7K3M9XW2P01", "Paid")]
    [InlineData("HLQ7K3M9XW2P02", "NoAnswer")]
    public async Task An_answer_about_another_order_is_none(string about, string outcome)
    {
        body = JsonSerializer.Serialize(new { error_code = "0", message = Confirmation.Of(about, 150_000) });

        Assert.Equal(outcome, (await Client().QueryAsync("HLQ7K3M9XW2P01", Some.Now, TestContext.Current.CancellationToken)).Outcome.ToString());
    }

    [Theory]
    [InlineData("%PDF-1.4 ...", true)]
    [InlineData("""{"error_code":"01"}""", false)]
    [InlineData("", false)]
    public async Task A_receipt_is_a_pdf_or_none(string text, bool there)
    {
        body = text;

        Assert.Equal(there, await Client().BillAsync("HLQ7K3M9XW2P01", Some.Now, TestContext.Current.CancellationToken) is not null);
    }

    private PortalClient Client(string? address = null) => new(
        http,
        Options.Create(new PortalOptions { Url = address ?? server.Urls.First(), Path = "/", Partner = PlatformLab.Partner, Secret = PlatformLab.Secret, Token = "t" }),
        TimeProvider.System, NullLogger<PortalClient>.Instance);
}
