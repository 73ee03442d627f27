using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Dossiers.Tests;

/// <summary>A second replica of the fixture's service, on Kestrel.</summary>
internal sealed class Replica : WebApplicationFactory<Program>
{
    private readonly IConfiguration settings;

    public Replica(DossierFixture dossiers)
    {
        settings = dossiers.Factory.Services.GetRequiredService<IConfiguration>();
        UseKestrel(0);
        StartServer();
    }

    public Uri Address => ClientOptions.BaseAddress;

    public HttpClient Client(string token)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        foreach (var key in new[]
        {
            "ConnectionStrings:dossier-db", "ConnectionStrings:broker", "ConnectionStrings:cache", "PublicUrl", "Files:Path", "services:identity:http:0",
            "services:identity:grpc:0", "services:e-signature:grpc:0", "ServiceAuth:ClientId", "ServiceAuth:ClientSecret", "Keys:Password", "Dossiers:Watchdog:Interval",
        })
            builder.UseSetting(key, settings[key]);
    }
}
