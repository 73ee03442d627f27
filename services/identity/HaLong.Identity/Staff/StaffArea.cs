using HaLong.Identity.Administration;
using HaLong.Identity.Units;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Staff;

/// <summary>Units, staff and their administration: what they register and map.</summary>
internal static class StaffArea
{
    public static IHostApplicationBuilder AddStaff(this IHostApplicationBuilder builder)
    {
        builder.Services.AddScoped<UnitSeed>().AddScoped<UnitMapper>().AddScoped<StaffRegister>();
        builder.Services.AddHostedService<StaffDayTurn>();
        return builder.AddAdministration();
    }

    public static void MapStaff(this WebApplication app)
    {
        app.MapUnits();
        app.MapGet("/api/v1/me/assignments", ListMyAssignments.HandleAsync).RequireAuthorization(Policies.SignedIn).WithTags("Identity")
            .WithName("listMyAssignments")
            .WithSummary("The units I work for")
            .Produces<Page<ListMyAssignments.View>>();
        app.MapGrpcService<StaffGrpc>().RequireAuthorization(Policies.Internal);
        app.MapGrpcService<UnitHistoryGrpc>().RequireAuthorization(Features.IdentityEndpoints.UnitsReader);
        app.MapAdministration();
    }
}
