using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace HaLong.Messaging;

/// <summary>The database of a service.</summary>
public static class DatabaseExtensions
{
    /// <summary>Adds the pooled context on its connection string: snake_case names, outbox wake-up, health check.</summary>
    /// <remarks>No execution strategy that retries: it refuses explicit transactions, and repeating belongs to the bus and to the client.</remarks>
    public static IHostApplicationBuilder AddDatabase<TContext>(this IHostApplicationBuilder builder, string connectionName)
        where TContext : DbContext
    {
        var connection = builder.Configuration.GetConnectionString(connectionName);
        if (string.IsNullOrWhiteSpace(connection) && !EF.IsDesignTime)
        {
            throw new InvalidOperationException($"ConnectionStrings:{connectionName} is missing.");
        }

        builder.Services.TryAddSingleton<OutboxSignal>();
        builder.Services.TryAddSingleton<OutboxWakeUp>();
        builder.Services.AddSingleton(_ => new NpgsqlDataSourceBuilder(WithoutJit(connection ?? "Host=localhost")) { Name = connectionName }.Build());
        builder.Services.AddDbContextPool<TContext>((services, options) => options
            .UseNpgsql(services.GetRequiredService<NpgsqlDataSource>())
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(services.GetRequiredService<OutboxWakeUp>()));
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            "database", s => new DatabaseHealth(s.GetRequiredService<NpgsqlDataSource>()), HealthStatus.Unhealthy, null, TimeSpan.FromSeconds(3)));
        return builder;
    }

    /// <summary>
    /// Serves; or with the argument <c>migrate</c> applies migrations and the seed, and ends (migrations never run when a replica starts);
    /// or with <c>errors</c> lists, shows or replays the failed messages of this service; or with <c>evidence</c> verifies its evidence.
    /// </summary>
    /// <param name="app">The host.</param>
    /// <param name="args">Command line.</param>
    /// <param name="seed">Reference data; safe to run again. Two runs at once take turns.</param>
    /// <returns>Exit code.</returns>
    public static async Task<int> RunOrMigrateAsync<TContext>(
        this WebApplication app, string[] args, Func<IServiceProvider, CancellationToken, Task>? seed = null)
        where TContext : DbContext
    {
        if (args is ["errors", .. var command])
        {
            await using (app)
            {
                return await ErrorsCommand.RunAsync(app.Services, command, Console.Out);
            }
        }

        if (args is ["evidence", .. var verification])
        {
            await using (app)
            {
                return await EvidenceCommand.RunAsync(app.Services, verification, Console.Out);
            }
        }

        if (args is not ["migrate", ..])
        {
            await app.RunAsync();
            return 0;
        }

        await using (app)
        {
            await using var scope = app.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<TContext>();
            await using var turn = await TakeTurnAsync(db, scope.ServiceProvider.GetRequiredService<NpgsqlDataSource>());
            await db.Database.MigrateAsync();
            if (seed is not null)
            {
                await seed(scope.ServiceProvider, CancellationToken.None);
            }
        }

        return 0;
    }

    // PostgreSQL compiles queries that it takes for dear: that can take seconds where the query itself takes milliseconds.
    private static string WithoutJit(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        settings.Options = $"{settings.Options} -c jit=off".Trim();
        return settings.ConnectionString;
    }

    // EF's own lock ends with each migration's transaction: a run that waited for it would apply what the other has applied meanwhile.
    private static async Task<NpgsqlConnection> TakeTurnAsync(DbContext db, NpgsqlDataSource database)
    {
        if (!await db.Database.CanConnectAsync())
        {
            // Creates the database, or says why it cannot.
            await db.Database.MigrateAsync();
        }

        var turn = await database.OpenConnectionAsync();
        await using var take = new NpgsqlCommand("SELECT pg_advisory_lock(hashtext('halong.seed'))", turn);
        await take.ExecuteNonQueryAsync();
        return turn;
    }

    private sealed class DatabaseHealth(NpgsqlDataSource database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                // Not only cancelled but left: cancelling asks the server, and it is the one that does not answer.
                await AskAsync(cancellationToken).WaitAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
            {
                return new HealthCheckResult(context.Registration.FailureStatus, "The database does not answer.", e);
            }
        }

        private async Task AskAsync(CancellationToken ct)
        {
            await using var command = database.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(ct);
        }
    }
}
