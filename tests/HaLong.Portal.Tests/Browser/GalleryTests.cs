namespace HaLong.Portal.Tests.Browser;

/// <summary>Comes after all others: what does not run beside others runs last.</summary>
[CollectionDefinition(nameof(AfterAll), DisableParallelization = true)]
public sealed class AfterAll;

[Collection(nameof(AfterAll))]
public sealed class GalleryTests(Chromium chromium)
{
    [Fact]
    public async Task Whatever_page_a_test_was_shown_keeps_nobody_out()
    {
        var browser = await chromium.BrowserAsync();
        var faults = (await Task.WhenAll(Gallery.FaultsAsync(browser), Gallery.FaultsAsync(browser))).SelectMany(f => f).Order(StringComparer.Ordinal).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
