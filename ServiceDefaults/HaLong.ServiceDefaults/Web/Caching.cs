using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace HaLong.ServiceDefaults;

/// <summary>HybridCache in the process with Redis behind it. Redis is expendable: without it answers come from the owner.</summary>
internal static class Caching
{
    public static void AddCaching(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHybridCache(o => o.DefaultEntryOptions = new HybridCacheEntryOptions
        {
            Expiration = TimeSpan.FromMinutes(5),
            LocalCacheExpiration = TimeSpan.FromMinutes(1),
        });
        if (builder.Configuration.GetConnectionString("cache") is not { Length: > 0 } connection)
        {
            return;
        }

        builder.Services.AddSingleton<IDistributedCache>(services => new ExpendableRedis(
            Options(connection), services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<ExpendableRedis>>()));
    }

    private static ConfigurationOptions Options(string connection)
    {
        var options = ConfigurationOptions.Parse(connection);
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ConnectTimeout = 1000;
        options.AsyncTimeout = 250;
        options.SyncTimeout = 250;
        return options;
    }
}
