using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Register;

/// <summary>The register of accepted dossiers: numbers, books, lists and files.</summary>
internal static class RegisterArea
{
    public static void AddRegister(this WebApplicationBuilder builder)
    {
        builder.AddOptions<RegisterOptions>(RegisterOptions.Section)
            .Validate(o => o.Interval > TimeSpan.Zero && o.Settle >= TimeSpan.Zero, "Register:Interval must be more than zero, Register:Settle not less.");
        var services = builder.Services;
        services.AddSingleton<RegisterTelemetry>().AddSingleton<RegisterKeeper>().AddHostedService(s => s.GetRequiredService<RegisterKeeper>());
        services.AddScoped<RegisterNumbers>().AddScoped<RegisterRows>().AddScoped<RegisterDesk>();
        services.AddScoped<ListRegister>().AddScoped<ExportRegister>().AddScoped<ListBooks>().AddScoped<GetBook>().AddScoped<CloseBook>();
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/api/v1/admin").WithTags("Register");
        ListRegister.Map(admin);
        ExportRegister.Map(admin);
        ListBooks.Map(admin);
        GetBook.Map(admin);
        CloseBook.Map(admin);
    }
}
