using HaLong.Identity.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Features.Queues;

/// <summary>Work queues of officials: lists, search and counts.</summary>
internal static class QueueArea
{
    public static void AddQueues(this WebApplicationBuilder builder)
    {
        builder.AddOptions<QueueOptions>(QueueOptions.Section);
        builder.AddGrpcClient<AccountSearch.AccountSearchClient>("identity");
        builder.Services.AddScoped<QueueDesk>().AddScoped<ListQueue>().AddScoped<CountQueues>().AddScoped<NumberLookup>().AddScoped<SearchDossiers>();
        builder.Services.AddSingleton<QueueTelemetry>().AddHostedService<QueueGauge>();
    }

    public static void Map(IEndpointRouteBuilder inbox)
    {
        ListQueue.Map(inbox);
        CountQueues.Map(inbox);
        SearchDossiers.Map(inbox);
    }
}
