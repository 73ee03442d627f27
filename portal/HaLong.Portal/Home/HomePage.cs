using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Find;

namespace HaLong.Portal.Home;

/// <summary><c>/</c>: asks what the visitor needs.</summary>
internal static class HomePage
{
    public static async Task<IResult> Get(ApiClient api, CancellationToken ct) =>
        Pages.Of<Home>(await api.GetAsync<IReadOnlyList<LifeEvent>>("procedures/life-events", ct));
}
