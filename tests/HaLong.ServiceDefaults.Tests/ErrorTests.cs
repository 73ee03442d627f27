using System.Net.Http.Json;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using HaLong.Identity.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HaLong.ServiceDefaults.Tests;

/// <summary>One table, both ways.</summary>
public sealed class ErrorTests
{
    public static TheoryData<ErrorKind, int, StatusCode> Table => new()
    {
        { ErrorKind.Validation, 400, StatusCode.InvalidArgument },
        { ErrorKind.Unauthenticated, 401, StatusCode.Unauthenticated },
        { ErrorKind.Forbidden, 403, StatusCode.PermissionDenied },
        { ErrorKind.NotFound, 404, StatusCode.NotFound },
        { ErrorKind.Conflict, 409, StatusCode.FailedPrecondition },
        { ErrorKind.Gone, 410, StatusCode.OutOfRange },
        { ErrorKind.AlreadyExists, 409, StatusCode.AlreadyExists },
        { ErrorKind.PreconditionFailed, 412, StatusCode.Aborted },
        { ErrorKind.KeyReused, 422, StatusCode.InvalidArgument },
        { ErrorKind.TooLarge, 413, StatusCode.OutOfRange },
        { ErrorKind.UnsupportedMedia, 415, StatusCode.InvalidArgument },
        { ErrorKind.TooMany, 429, StatusCode.ResourceExhausted },
        { ErrorKind.Unavailable, 503, StatusCode.Unavailable },
        { ErrorKind.Timeout, 504, StatusCode.DeadlineExceeded },
    };

    [Fact]
    public void Every_kind_is_in_the_table() => Assert.Equal(Enum.GetValues<ErrorKind>(), Table.Select(r => r.Data.Item1).Order());

    [Theory]
    [MemberData(nameof(Table))]
    public async Task An_error_is_a_problem_in_the_language_asked_for(ErrorKind kind, int status, StatusCode _)
    {
        await using var app = await TestApp.StartAsync(a => a.MapFree("/fail", () => Sample(kind).ToProblem()));
        using var client = app.Client(language: "vi");
        using var answer = await client.GetAsync("/fail");
        var problem = await answer.ProblemAsync(status, "TST-0001");
        Assert.Equal("Hỏng 7.", problem.GetProperty("title").GetString());
        Assert.Equal("Sai.", problem.GetProperty("errors").GetProperty("field")[0].GetString());
        Assert.Equal("Cũng sai.", problem.GetProperty("errors").GetProperty("field")[1].GetString());
        Assert.Equal("9", answer.Headers.GetValues("Retry-After").Single());

        using var english = app.Client(language: "en");
        problem = await english.GetAsync("/fail").ProblemAsync(status, "TST-0001");
        Assert.Equal("Broken 7.", problem.GetProperty("title").GetString());
        Assert.Equal("Wrong.", problem.GetProperty("errors").GetProperty("field")[0].GetString());
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task An_error_crosses_gRPC_and_is_the_same_on_the_other_side(ErrorKind kind, int status, StatusCode grpc)
    {
        await using var app = await TestApp.StartAsync(a => a.MapFree("/ask", async (Accounts.AccountsClient accounts) =>
        {
            await accounts.BatchGetAccountsAsync(new BatchGetAccountsRequest());
            return Results.Ok();
        }));
        app.Answer(_ => throw new ErrorException(Sample(kind)));

        // What any gRPC client sees.
        var raw = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            using var channel = GrpcChannel.ForAddress(app.Grpc);
            await new Accounts.AccountsClient(channel).BatchGetAccountsAsync(
                new BatchGetAccountsRequest(), new Metadata { { "authorization", "Bearer " + app.Identity.ServiceToken("x") } });
        });
        Assert.Equal(grpc, raw.StatusCode);
        var details = raw.GetRpcStatus()!;
        Assert.Equal(("TST-0001", "halong"), (details.GetDetail<ErrorInfo>().Reason, details.GetDetail<ErrorInfo>().Domain));
        Assert.Equal(["Wrong.", "Wrong too."], details.GetDetail<BadRequest>().FieldViolations.Select(v => v.Description));
        Assert.Equal(9, details.GetDetail<RetryInfo>().RetryDelay.Seconds);

        // What our own client sees.
        var error = (await Assert.ThrowsAsync<ErrorException>(() => app.CallAsync())).Error;
        var sent = Sample(kind);
        Assert.Equal((sent.Kind, sent.Code, sent.Vi, sent.En, sent.RetryAfterSeconds), (error.Kind, error.Code, error.Vi, error.En, error.RetryAfterSeconds));
        Assert.Equal(sent.FieldMessages, error.FieldMessages);

        // What the citizen sees.
        using var client = app.Client(language: "vi");
        var problem = await client.GetAsync("/ask").ProblemAsync(status, "TST-0001");
        Assert.Equal("Hỏng 7.", problem.GetProperty("title").GetString());
        Assert.Equal("Sai.", problem.GetProperty("errors").GetProperty("field")[0].GetString());
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task A_bug_is_a_500_that_tells_nothing(string environment)
    {
        await using var app = await TestApp.StartAsync(
            a =>
            {
                a.MapFree("/bug", string () => throw new InvalidOperationException("secret detail"));
                a.MapFree("/ask", async (Accounts.AccountsClient accounts) => (await accounts.BatchGetAccountsAsync(new BatchGetAccountsRequest())).ToString());
            },
            environment: environment);
        app.Answer(_ => throw new InvalidOperationException("secret detail"));
        using var client = app.Client();
        foreach (var path in new[] { "/bug", "/ask" })
        {
            using var answer = await client.GetAsync(path);
            await answer.ProblemAsync(500, "CMN-0500");
            Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        using var channel = GrpcChannel.ForAddress(app.Grpc);
        var raw = await Assert.ThrowsAsync<RpcException>(async () => await new Accounts.AccountsClient(channel).BatchGetAccountsAsync(
            new BatchGetAccountsRequest(), new Metadata { { "authorization", "Bearer " + app.Identity.ServiceToken("x") } }));
        Assert.Equal(StatusCode.Internal, raw.StatusCode);
        Assert.DoesNotContain("secret", raw.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_framework_refuses_is_a_problem_too()
    {
        await using var app = await TestApp.StartAsync(a => a.MapPost("/body", (Body body) => body.Count).AllowAnonymous());
        using var client = app.Client();
        await client.GetAsync("/nowhere").ProblemAsync(404, "CMN-0404");
        await client.GetAsync("/body").ProblemAsync(405, "CMN-0405");
        await client.PostAsJsonAsync("/body", new { count = "many" }).ProblemAsync(400, "CMN-0400");
        await client.PostAsync("/body", new StringContent("{ broken", System.Text.Encoding.UTF8, "application/json")).ProblemAsync(400, "CMN-0400");
        await client.PostAsync("/body", new StringContent("<x/>", System.Text.Encoding.UTF8, "application/xml")).ProblemAsync(415, "CMN-0415");
    }

    [Fact]
    public async Task Exceptions_of_servers_that_are_away_are_503_or_504()
    {
        await using var app = await TestApp.StartAsync(a =>
        {
            a.MapFree("/timeout", string () => throw new TimeoutException());
            a.MapFree("/http", string () => throw new HttpRequestException("gone"));
            a.MapFree("/database", string () => throw new Npgsql.NpgsqlException("gone", new IOException()));
            a.MapFree("/error", string () => throw new ErrorException(CommonErrors.TooMany));
        });
        using var client = app.Client();
        await client.GetAsync("/timeout").ProblemAsync(504, "CMN-0504");
        await client.GetAsync("/http").ProblemAsync(503, "CMN-0503");
        await client.GetAsync("/database").ProblemAsync(503, "CMN-0503");
        using var answer = await client.GetAsync("/error");
        await answer.ProblemAsync(429, "CMN-0429");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public void A_field_message_made_once_speaks_both_languages_later()
    {
        var error = CommonErrors.BadRequest.WithField("limit", "Sai.", "Wrong.");
        using (Language("en"))
        {
            Assert.Equal("Wrong.", error.Fields["limit"].Single());
        }

        using (Language("vi"))
        {
            Assert.Equal("Sai.", error.Fields["limit"].Single());
            Assert.Equal("Yêu cầu không hợp lệ.", error.Message);
        }
    }

    [Fact]
    public async Task A_result_is_its_value_or_its_error()
    {
        Result<int> seven = 7;
        Result<int> none = CommonErrors.NotFound;
        Assert.True(seven.IsSuccess);
        Assert.Equal(7, seven.Value);
        Assert.Throws<InvalidOperationException>(() => seven.Error);
        Assert.False(none.IsSuccess);
        Assert.Same(CommonErrors.NotFound, none.Error);
        Assert.Throws<InvalidOperationException>(() => none.Value);
        Assert.True(Result.Success.IsSuccess);
        Assert.False(((Result)CommonErrors.NotFound).IsSuccess);
        await using var app = await TestApp.StartAsync(a =>
        {
            a.MapFree("/seven", () => seven.Match(v => TypedResults.Ok(v)));
            a.MapFree("/none", () => none.Match(v => TypedResults.Ok(v)));
        });
        using var client = app.Client();
        Assert.Equal(7, await client.GetFromJsonAsync<int>("/seven"));
        await client.GetAsync("/none").ProblemAsync(404, "CMN-0404");
    }

    [Theory]
    [InlineData("en", null, "en")]
    [InlineData("vi", null, "vi")]
    [InlineData("en-GB,en;q=0.9,vi;q=0.5", null, "en")]
    [InlineData("de", null, "vi")]
    [InlineData(null, null, "vi")]
    [InlineData("vi", "en", "en")]
    [InlineData("en", "vi", "vi")]
    public async Task The_language_is_asked_for_by_query_or_header_and_Vietnamese_otherwise(string? header, string? query, string language)
    {
        await using var app = await TestApp.StartAsync();
        using var client = app.Client(language: header);
        using var answer = await client.GetAsync("/nowhere" + (query is null ? "" : "?culture=" + query));
        var problem = await answer.ProblemAsync(404, "CMN-0404");
        Assert.Equal(language == "en" ? "Not found." : "Không tìm thấy.", problem.GetProperty("title").GetString());
        Assert.Equal(language, answer.Content.Headers.ContentLanguage.Single());
    }

    private static Error Sample(ErrorKind kind) => (new Error(kind, "TST-0001", "Hỏng {0}.", "Broken {0}.") { RetryAfterSeconds = 9 })
        .Format(7).WithField("field", "Sai.", "Wrong.").WithField("field", "Cũng sai.", "Wrong too.");

    private static Restore Language(string name)
    {
        var restore = new Restore(System.Globalization.CultureInfo.CurrentUICulture);
        System.Globalization.CultureInfo.CurrentUICulture = new System.Globalization.CultureInfo(name);
        return restore;
    }

    private sealed record Body(int Count);

    private sealed record Restore(System.Globalization.CultureInfo Before) : IDisposable
    {
        public void Dispose() => System.Globalization.CultureInfo.CurrentUICulture = Before;
    }
}
