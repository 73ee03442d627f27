using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using HaLong.Bench.Limits;
using HaLong.Bench.Load;
using HaLong.Bench.Payments;
using HaLong.Cli.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaLong.Bench.Tests;

public sealed class PaymentLoadTests
{
    private static readonly OpenRequest Paid = new("HLQ7K3M9XW2P", 150_000, "970436", "0011000000001");

    [Fact]
    public async Task A_notice_names_the_request_and_is_signed_over_time_and_body()
    {
        var heard = new ConcurrentQueue<(string Timestamp, string Signature, byte[] Body)>();
        await using var hook = await HookAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            heard.Enqueue((context.Request.Headers["X-Bank-Timestamp"].ToString(), context.Request.Headers["X-Bank-Signature"].ToString(), body.ToArray()));
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        });
        using var bank = new BankClient(new Uri(hook.Urls.First()), "a-secret-of-the-bank", 2);

        await bank.TellAsync(Paid);

        var (timestamp, signature, raw) = Assert.Single(heard);
        Assert.Equal(BankClient.Sign("a-secret-of-the-bank", timestamp, raw), signature);
        var told = JsonDocument.Parse(raw).RootElement;
        Assert.Equal((150_000, "970436", "0011000000001"), (told.GetProperty("amount").GetInt64(), told.GetProperty("bin").GetString(), told.GetProperty("account").GetString()));
        Assert.Equal("CT HLQ7K3M9XW2P", told.GetProperty("remittance").GetString());
    }

    [Theory]
    [InlineData(StatusCodes.Status401Unauthorized, "hook 401")]
    [InlineData(StatusCodes.Status503ServiceUnavailable, "hook 503")]
    [InlineData(StatusCodes.Status200OK, "hook 200")]
    public async Task What_is_not_taken_counts_as_an_error_under_its_status(int status, string name)
    {
        await using var hook = await HookAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var bank = new BankClient(new Uri(hook.Urls.First()), "a-secret-of-the-bank", 2);

        Assert.Equal(name, (await Assert.ThrowsAsync<LoadException>(() => bank.TellAsync(Paid))).Message);
    }

    // Made by another program: printf '1700000000.{}' | openssl dgst -sha256 -hmac key-of-the-bank.
    [Fact]
    public void The_signature_is_the_one_that_other_programs_make() => Assert.Equal(
        "v1=98b55848e360c97e80166b6276bd1cec38deb8319bdce63a5e437051f0fb51a7", BankClient.Sign("key-of-the-bank", "1700000000", Encoding.UTF8.GetBytes("{}")));

    [Fact]
    public void Payment_is_found_by_its_first_address_and_missed_by_name()
    {
        var platform = new PlatformFile("", "", [new Resource("payment", "project", "Running", "Healthy", ["http://localhost:1234", "http://localhost:5678"], [1])], [], [], new Dictionary<string, string>());
        Assert.Equal(new Uri("http://localhost:1234"), PaymentScenario.Address(platform));
        Assert.Contains("payment", Assert.Throws<InvalidOperationException>(() => PaymentScenario.Address(platform with { Resources = [] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_limit_writes_three_rows_into_three_tables() => Assert.Equal(3, ThreeRowLimit.Schema.Split("CREATE TABLE").Length - 1);

    private static async Task<WebApplication> HookAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/hooks/bank/lab", answer);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
