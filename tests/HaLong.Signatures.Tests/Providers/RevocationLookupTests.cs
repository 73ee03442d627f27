using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.Imported;
using HaLong.Signatures.Tests.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Tests.Providers;

/// <summary>Lists of other authorities are fetched, from configured hosts only, and asked.</summary>
public sealed class RevocationLookupTests : IAsyncLifetime, IDisposable
{
    private readonly TestOfficers officers = new();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ServiceProvider services = new ServiceCollection().AddHttpClient().BuildServiceProvider();
    private WebApplication? app;
    private byte[]? list;
    private int asked;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.MapGet("/list.crl", () =>
        {
            Interlocked.Increment(ref asked);
            return list is null ? Results.StatusCode((int)HttpStatusCode.ServiceUnavailable) : Results.Bytes(list);
        });
        await app.StartAsync(Ct);
    }

    private (RevocationLookup Lookup, byte[][] Chain) Prepare(string host, [NotNull] out System.Security.Cryptography.X509Certificates.X509Certificate2? certificate)
    {
        certificate = officers.Certify(key, list: app!.Urls.First() + "/list.crl");
        var options = new ProviderOptions();
        if (host.Length > 0)
            options.Imported.ListHosts.Add(host);
        return (new RevocationLookup(services.GetRequiredService<IHttpClientFactory>(), Options.Create(options), TimeProvider.System), [certificate.RawData, officers.Root.RawData]);
    }

    [Fact]
    public async Task What_the_authority_lists_is_revoked_and_a_list_is_kept_for_a_while()
    {
        var (lookup, chain) = Prepare("127.0.0.1", out var certificate);
        Assert.Null(await lookup.FindAsync(chain, TimeProvider.System.GetUtcNow(), Ct));
        list = officers.List(certificate);
        Assert.Equal(new ListFinding(true), await lookup.FindAsync(chain, TimeProvider.System.GetUtcNow(), Ct));
        Assert.Equal(new ListFinding(true), await lookup.FindAsync(chain, TimeProvider.System.GetUtcNow(), Ct));
        Assert.Equal(2, asked);
        Assert.Null(await lookup.FindAsync([chain[0]], TimeProvider.System.GetUtcNow(), Ct));
    }

    [Fact]
    public async Task Hosts_that_only_a_certificate_names_are_not_called()
    {
        list = officers.List(null);
        var (lookup, chain) = Prepare("", out _);
        Assert.Null(await lookup.FindAsync(chain, TimeProvider.System.GetUtcNow(), Ct));
        var (elsewhere, same) = Prepare("lists.example", out _);
        Assert.Null(await elsewhere.FindAsync(same, TimeProvider.System.GetUtcNow(), Ct));
        Assert.Equal(0, asked);
        // Without an address there is nothing to ask.
        var (allowed, _) = Prepare("127.0.0.1", out _);
        Assert.Null(await allowed.FindAsync([officers.Certify(key).RawData, officers.Root.RawData], TimeProvider.System.GetUtcNow(), Ct));
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        Dispose();
    }

    public void Dispose()
    {
        services.Dispose();
        officers.Dispose();
        key.Dispose();
    }
}
