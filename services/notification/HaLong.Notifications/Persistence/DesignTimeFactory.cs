using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace HaLong.Notifications.Persistence;

/// <summary>Lets dotnet-ef make migrations without a configured host.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<NotificationDbContext>
{
    public NotificationDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<NotificationDbContext>().UseNpgsql("Host=localhost").UseSnakeCaseNamingConvention().Options);
}
