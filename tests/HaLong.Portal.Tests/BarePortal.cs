using Microsoft.AspNetCore.Mvc.Testing;

namespace HaLong.Portal.Tests;

/// <summary>The portal with neither an API nor Redis: pages for everybody must stand without.</summary>
public sealed class BarePortal : IDisposable
{
    private readonly WebApplicationFactory<Program> _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(b => b.UseSetting("PublicUrl", "http://127.0.0.1:1"));

    /// <summary>A browser that follows nothing by itself and keeps cookies.</summary>
    internal HttpClient Browser() => _factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, HandleCookies = true });

    public void Dispose() => _factory.Dispose();
}
