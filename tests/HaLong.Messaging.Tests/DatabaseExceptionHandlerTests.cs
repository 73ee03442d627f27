using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HaLong.Messaging.Tests;

/// <summary>What the database refuses is told as what it is, however deep it is wrapped.</summary>
public sealed class DatabaseExceptionHandlerTests
{
    [Theory]
    [InlineData(PostgresErrorCodes.DeadlockDetected, StatusCodes.Status409Conflict)]
    [InlineData(PostgresErrorCodes.SerializationFailure, StatusCodes.Status409Conflict)]
    [InlineData(PostgresErrorCodes.TooManyConnections, StatusCodes.Status503ServiceUnavailable)]
    public async Task A_lost_race_is_409_and_an_outage_503_bare_or_while_saving(string state, int status)
    {
        var bare = new PostgresException("x", "ERROR", "ERROR", state);
        var saving = new DbUpdateException("x", bare);
        foreach (var exception in new Exception[] { bare, saving, new InvalidOperationException("likely transient", saving) })
            Assert.Equal((true, status), await HandleAsync(exception));
    }

    [Fact]
    public async Task What_is_neither_is_left_to_others()
    {
        Assert.False((await HandleAsync(new DbUpdateException("x", new PostgresException("x", "ERROR", "ERROR", PostgresErrorCodes.NotNullViolation)))).Handled);
        Assert.False((await HandleAsync(new InvalidOperationException("x"))).Handled);
    }

    private static async Task<(bool Handled, int Status)> HandleAsync(Exception exception)
    {
        await using var services = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };
        http.Response.Body = new MemoryStream();
        var handled = await new DatabaseExceptionHandler().TryHandleAsync(http, exception, TestContext.Current.CancellationToken);
        return (handled, http.Response.StatusCode);
    }
}
